"""The door for other systems, ``/api/v1``: the same lists, figures and acts as the screens, in the same scope.

Reading is made from what is declared: every list page without a key of its own is ``lists/<name>``, every figure is
``figures/<code>``; the document (``openapi.json``) comes from the same declarations. Writing carries an
``Idempotency-Key``: what it did and what was answered are kept in one transaction.

token ──▶ user, narrowed to the permissions, the place and the days of the token ──▶ the rule of the list ──▶ rows
"""
