"""Everything that somebody may be allowed to do. One member for each cell of the role matrix."""

from __future__ import annotations

import enum


class Permission(enum.StrEnum):
    """``NOUN_VERB``. A page asks for one of them; a role carries a set of them."""

    # people of the register
    PERSON_COUNT = "person.count"  # numbers only
    PERSON_VIEW = "person.view"
    PERSON_DRAFT = "person.draft"
    PERSON_EDIT = "person.edit"
    PERSON_UNMASK = "person.unmask"  # a whole NIK, with a reason, recorded
    # cards of members: from the branch into their hands
    CARD_VIEW = "card.view"
    CARD_EDIT = "card.edit"
    # submissions (usulan): village → camat → dinas
    SUBMISSION_COUNT = "submission.count"
    SUBMISSION_VIEW = "submission.view"
    SUBMISSION_DRAFT = "submission.draft"
    SUBMISSION_EDIT = "submission.edit"
    SUBMISSION_SUBMIT = "submission.submit"
    SUBMISSION_ENDORSE = "submission.endorse"
    SUBMISSION_ACCEPT = "submission.accept"
    # posts (jabatan) and who holds them
    POST_COUNT = "post.count"
    POST_VIEW = "post.view"
    POST_EDIT = "post.edit"
    POST_APPROVE = "post.approve"
    # answers of Dukcapil, DTSEN and BPJS
    ANSWER_COUNT = "answer.count"
    ANSWER_VIEW = "answer.view"
    ANSWER_EDIT = "answer.edit"
    # pairs that may be one person
    PAIR_VIEW = "pair.view"
    PAIR_EDIT = "pair.edit"
    # agreements and decrees
    DECREE_VIEW = "decree.view"
    DECREE_EDIT = "decree.edit"
    DECREE_DECIDE = "decree.decide"
    # quota and priority
    QUOTA_VIEW = "quota.view"
    QUOTA_EDIT = "quota.edit"
    QUOTA_DECIDE = "quota.decide"
    # a donor's own pledges as numbers; whoever keeps them has those of quota
    PLEDGE_READ = "pledge.read"
    # tariffs and rules
    LAW_VIEW = "law.view"
    LAW_PROPOSE = "law.propose"
    LAW_EDIT = "law.edit"
    # bills and payments
    BILL_COUNT = "bill.count"
    BILL_VIEW = "bill.view"
    BILL_EDIT = "bill.edit"
    BILL_APPROVE = "bill.approve"
    BILL_PAY = "bill.pay"
    RECONCILIATION_COUNT = "reconciliation.count"
    RECONCILIATION_VIEW = "reconciliation.view"
    RECONCILIATION_EDIT = "reconciliation.edit"
    RECONCILIATION_APPROVE = "reconciliation.approve"
    # joining, leaving, correcting (mutasi)
    CHANGE_REPORT = "change.report"
    CHANGE_EDIT = "change.edit"
    CHANGE_APPROVE = "change.approve"
    # accidents, deaths and claims
    CASE_COUNT = "case.count"
    CASE_VIEW = "case.view"
    CASE_REPORT = "case.report"
    CASE_EDIT = "case.edit"
    CASE_RESULT = "case.result"
    MEDICAL_VIEW = "medical.view"
    CLINIC_EDIT = "clinic.edit"  # partner clinics, and what to say there
    PATTERN_VIEW = "pattern.view"  # what looks odd in claims; never the village's
    # letters: reading those of what one sees, and issuing them
    LETTER_READ = "letter.read"
    LETTER_ISSUE = "letter.issue"
    # the figures of the office, and what they are shares of
    INSIGHT_READ = "insight.read"
    INSIGHT_EDIT = "insight.edit"
    # tokens of other systems: one's own, and everybody's
    API_USE = "api.use"
    API_MANAGE = "api.manage"
    # papers out, and the log
    REPORT_EXPORT = "report.export"
    LOG_VIEW = "log.view"
    LOG_EXPORT = "log.export"
    ACCOUNT_MANAGE = "account.manage"
