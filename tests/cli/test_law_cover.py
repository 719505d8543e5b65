"""`payung law cover`, and what the law says: parameters, what changed, losses, heirs, deadlines, pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from lawcommands import ask, changed, fault, say

from payung.law.page import COMMANDS

COVER = ["cover", "--paid", "2025-03,2025-04,2025-05,2025-06", "--date", "2025-06-20", "--segment", "bpu"]


def test_cover_gives_state_months_clocks_and_reasons() -> None:
    found = ask(*COVER)
    assert {name: found[name] for name in ("state", "paid_months", "jkm_full", "scholarship")} == {
        "state": "aktif",
        "paid_months": 4,
        "jkm_full": True,
        "scholarship": False,
    }
    assert all(isinstance(reason, str) for reason in found["reasons"])
    assert found["reasons"]
    grace = ask(*changed(COVER, date="2025-09-20"))
    assert (grace["state"], grace["standing"], grace["covered"]) == ("tenggang", "grace", "conditional")
    assert ask(*changed(COVER, date="2025-10-10"))["state"] == "periksa"  # the fourth month is not due yet
    assert ask(*changed(COVER, date="2025-10-16"))["state"] == "nonaktif"
    assert "AKTIF" in say(*COVER)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"paid": "2025-14"}, "2025-14"),
        ({"paid": "2015-06"}, "2015-07"),
        ({"paid": "2025-03@2025-02-31"}, "2025-02-31"),
        ({"paid": ""}, "--paid"),
        ({"paid": ","}, "--paid"),
        ({"paid": "2025-03,2025-09..2025-05"}, "2025-05..2025-09"),
        ({"date": "2025-06-31"}, "2025-06-31"),
        ({"date": ""}, "--date"),
        ({"segment": ""}, "--segment"),
        ({"segment": "x"}, "bpu, pu"),
    ],
)
def test_cover_that_cannot_be_is_refused_in_words(options: dict[str, str], says: str) -> None:
    found = fault(*changed(COVER, **options))
    assert says in found.message.id
    assert says in found.message.en


def test_show_gives_a_parameter_whole_or_in_one_month() -> None:
    whole = ask("show", "jp_ceiling")
    assert len(whole["values"]) == 12
    one = ask("show", "jp-ceiling", "--month", "2026-02")
    assert [value["value"] for value in one["values"]] == [10_547_400]
    assert ask("show", "jp-ceiling", "--month", "2026-03")["values"][0]["value"] == 11_086_300
    both = ask("show", "jkm_lump", "--month", "2019-12")["values"]
    assert [value["value"] for value in both] == [16_200_000, 20_000_000]  # it changed on the second
    assert "PP 45/2015" in say("show", "jp_ceiling")
    for name in ("pu_jkk_rate", "ppu-jkk-rate"):  # its older name
        assert ask("show", name)["values"][0]["value"][0]["value"] == "0.24 %"
    assert "payung law list" in fault("show", "tax").message.en
    assert "2026-05" in fault("show", "relief_2020_pay", "--month", "2026-05").message.en


def test_diff_says_what_changed_in_words() -> None:
    changes = {change["name"]: change for change in ask("diff", "2025-12", "2026-01")["changes"]}
    assert {"relief_transport_pay", "relief_by_source", "source_bans"} <= set(changes)
    assert "relief_other_pay" in {change["name"] for change in ask("diff", "2026-03", "2026-04")["changes"]}
    ended = ask("diff", "2026-12", "2027-01")["changes"]
    assert [change["name"] for change in ended] == ["relief_other_pay", "source_bans"]
    assert "no longer in force" in ended[0]["words"]["en"]
    assert "10.547.400 rupiah → 11.086.300 rupiah" in say("diff", "2026-02", "2026-03")
    assert ask("diff", "2026-05", "2026-05")["changes"] == []
    assert "Tidak ada" in say("diff", "2026-05", "2026-06")
    fault("diff", "2026-05", "2026-99")


def test_list_and_losses_name_everything() -> None:
    topics = ask("list")["topics"]
    names = [item["name"] for topic in topics for item in topic["parameters"]]
    assert len(names) == len(set(names)) > 60
    assert "jp_ceiling" in say("list")
    losses = ask("losses")["losses"]
    assert len(losses) == 46
    assert {"right-arm-from-shoulder", "both-eyes"} <= {row["code"] for row in losses}
    assert "both-eyes" in say("losses")


def test_heirs_in_order() -> None:
    assert ask("heirs", "--relations", "sibling, parent", "--date", "2026-02-01")["relations"] == ["parent"]
    assert ask("heirs", "--date", "2026-02-01")["rank"] is None
    assert "spouse" in fault("heirs", "--relations", "friend", "--date", "2026-02-01").message.en
    ranks = ask("benefit", "--event", "death", "--segment", "pu", "--date", "2026-02-01")["heirs"]
    assert [rank["rank"] for rank in ranks] == [1, 2, 3, 4, 5]
    assert ranks[0]["relations"] == ["spouse", "child"]


def test_deadline_of_a_payment() -> None:
    assert ask("deadline", "payment", "--date", "2026-12-24")["until"] == "2026-12-30"
    assert "2026-05-15" in say("deadline", "due", "--date", "2026-04", "--segment", "pu")


@pytest.mark.parametrize(
    ("arguments", "indonesian", "english"),
    [
        (["--colour"], "Pilihan --colour tidak dikenal", "No such option"),
        (["contribution", "--segmen", "bpu"], "Mungkin: --segment", "--segment"),
        (["contribution", "--income"], "--income harus diikuti isinya", "--income"),
        (["show"], "Belum disebutkan: parameter", "parameter"),
        (["tax"], "Perintah 'tax' tidak dikenal", "tax"),
        (["diff", "2026-01", "2026-02", "2026-03"], "Kelebihan: 2026-03", "2026-03"),
        (["cover", "--json=1"], "--json tidak memakai isi", "--json"),
    ],
)
def test_what_cannot_be_understood_is_said_in_both_languages(
    arguments: list[str], indonesian: str, english: str
) -> None:
    found = fault(*arguments)
    assert indonesian in found.message.id
    assert english in found.message.en
    assert found.message.id.rstrip().endswith("--help.")


def test_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    assert "folder" in fault("page", "--out", str(tmp_path)).message.en
    assert "/no/such" in fault("script", "--out", "/no/such/law.mjs").message.en
    assert "/proc/law.mjs" in fault("script", "--out", "/proc/law.mjs").message.en


def test_losses_and_heirs_of_a_day_outside_the_law_are_refused() -> None:
    assert "2015-07" in fault("losses", "--date", "2010-01-01").message.en
    assert "2015-07" in fault("heirs", "--relations", "spouse", "--date", "2010-01-01").message.en


def test_page_and_script_are_written(tmp_path: Path) -> None:
    say("page", "--out", str(tmp_path / "law.md"))
    assert (tmp_path / "law.md").read_text().startswith("# Aturan")
    say("script", "--out", str(tmp_path / "law.mjs"))
    assert "export function contribution" in (tmp_path / "law.mjs").read_text()


def test_cover_names_the_last_month_that_was_paid() -> None:
    told = say("cover", "--paid", "2025-08,2025-09", "--date", "2026-02-01", "--segment", "bpu")
    words = " ".join(told.split())
    assert "Menunggak 4 bulan berturut-turut (terakhir dibayar 2025-09), lebih dari 3" in words
    assert "berakhir paling lambat setelah 2026-01-15" in words


def test_cover_in_words_shows_its_steps_with_articles_marks_and_version() -> None:
    told = say("cover", "--paid", "2025-03..2025-09", "--date", "2025-10-20", "--segment", "bpu")
    assert told.startswith("TENGGANG pada 2025-10-20")
    for part in (
        "Keadaan kepesertaan: tenggang",
        "Perdir BPJS TK",
        "JKM penuh pada hari itu: ya",
        "Versi aturan",
    ):
        assert part in told
    assert "= ya" not in told


def test_heirs_stand_below_what_a_family_receives() -> None:
    told = say(
        "benefit", "--event", "work-death", "--segment", "bpu", "--income", "1000000", "--date", "2025-06-01"
    )
    assert "Ahli waris" in told
    assert "  1. janda atau duda, anak" in told
    assert "kembali bekerja" in told
    found = ask("benefit", "--event", "death", "--segment", "pu", "--date", "2025-06-01")
    assert found["heirs"][0]["article"].startswith("PP 44/2015 Ps 37(5)")


def test_nobody_among_the_heirs_is_said_in_words() -> None:
    assert say("heirs", "--date", "2025-01-01").startswith("tidak ada ahli waris [")


def test_scholarship_with_paid_months_is_that_of_jkm() -> None:
    base = ["benefit", "--event", "scholarship", "--children", "2", "--date", "2025-06-01"]
    assert ask(*base)["total"] == 174_000_000
    assert ask(*base, "--paid-months", "36")["total"] == 174_000_000
    assert ask(*base, "--paid-months", "35")["total"] == 0


def test_cover_prices_the_arrears_and_says_until_when(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["cover", "--paid", "2025-01..2025-12", "--date", "2026-03-20", "--segment", "bpu"]
    found = ask(*asked, "--income", "1500000", "--source", "apbd")
    assert found["arrears"]["total"] == 3 * 22_800
    assert [month["month"] for month in found["arrears"]["months"]] == ["2026-01", "2026-02", "2026-03"]
    assert (found["arrears"]["surely_until"], found["arrears"]["helps_until"]) == ("2026-03-31", "2026-04-15")
    assert "Rp50.400 untuk 3 bulan" in say(*asked)
    monkeypatch.setenv("PAYUNG_LANG", "en")
    assert "50,400 rupiah for 3 months" in say(*asked)


@pytest.mark.parametrize(
    ("employer", "standing", "readings"),
    [("private", "grace", 0), ("state", "periksa", 2), ("", "periksa", 2)],
)
def test_cover_of_a_wage_earner_depends_on_the_employer(employer: str, standing: str, readings: int) -> None:
    asked = ["cover", "--paid", "2025-01..2025-12", "--date", "2026-03-20", "--segment", "pu"]
    found = ask(*asked, *(["--employer", employer] if employer else []), "--wage", "3000000")
    assert (found["standing"], len(found["readings"])) == (standing, readings)


def test_cover_refuses_facts_of_the_other_segment() -> None:
    asked = ["cover", "--paid", "2025-12", "--date", "2026-03-20", "--segment"]
    for rest in (["bpu", "--wage", "1"], ["pu", "--income", "1"], ["bpu", "--employer", "private"]):
        fault(*asked, *rest)


def test_benefit_in_arrears_gives_what_is_due_now_and_after_settlement() -> None:
    asked = ["benefit", "--event", "death", "--segment", "bpu", "--paid-months", "40", "--date", "2026-03-20"]
    found = ask(*asked, "--unpaid", "3")
    assert (found["total"], found["due"]["due_now"], found["due"]["after_settlement"]) == (
        42_000_000,
        10_000_000,
        32_000_000,
    )
    assert found["due"]["arrears"]["total"] == 50_400
    assert ask(*asked, "--unpaid", "4")["total"] == 0
    assert ask(*asked, "--unpaid", "2026-01..2026-03")["due"]["after_settlement"] == 32_000_000
    told = say(*asked, "--unpaid", "3")
    assert "Dibayar sekarang: 10.000.000 rupiah (biaya pemakaman)" in told
    assert "Setelah tunggakan lunas: 32.000.000 rupiah" in told
    assert "PP 44/2015 Ps 39(1), Ps 42(1)" in told
    private = ask(
        "benefit", "--event", "death", "--segment", "pu", "--unpaid", "4", "--employer", "private", "--date",
        "2026-03-20",
    )  # fmt: skip
    assert private["due"]["from_employer"] == 42_000_000
    assert "--employer" in fault(*asked, "--employer", "state").message.en


def test_deadlines_and_fines_against_the_insurer_and_objections() -> None:
    assert ask("deadline", "missing", "--date", "2026-02-02")["until"] == "2026-02-11"
    late = ["deadline", "payment", "--date", "2026-02-02", "--paid-on", "2026-02-10", "--amount", "42000000"]
    assert (ask(*late)["days_late"], ask(*late)["fine"]) == (5, 2_100_000)
    assert "2.100.000 rupiah" in say(*late)
    assert "--amount" in fault("deadline", "claim", "--date", "2026-02-02", "--amount", "1").message.en
    assert "--paid-on" in fault("deadline", "payment", "--date", "2026-02-02", "--amount", "1").message.en
    ways = ask("objections")["ways"]
    assert [len(way["steps"]) for way in ways] == [2, 2, 4]
    assert "Menteri" in say("objections", "--date", "2026-02-02")
    assert ask("deadline", "due", "--date", "2026-04")["until"] == "2026-04-15"
    assert (
        ask("deadline", "due", "--date", "2026-04", "--segment", "pu", "--employer", "private")["mark"]
        == "read"
    )


def test_every_command_of_the_page_answers() -> None:
    for command, _ in COMMANDS:
        assert say(*command.split())
