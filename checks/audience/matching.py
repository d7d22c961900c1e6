"""Meet people by another column than their key: a number, an email, a phone number, or a hash.

Each person's links stand in a table `link_ROLE` (link, key); what is compared is normalised first.
"""
# ruff: noqa: S608 — names are ours, values are parameters

from __future__ import annotations

from checks.audience.engine import Engine
from checks.audience.reading import Reading
from checks.campaign import Campaign, Match

ROLES = ("suppression", "permissions")
KEEP_THE_0 = ("39", "378")
"""Countries whose numbers keep their 0 behind the code: Italy, San Marino."""


def of(campaign: Campaign, role: str) -> Match | None:
    """How a side file meets the people; None where it does by their key."""
    said = getattr(getattr(campaign, role, None), "matches", None)
    return Match(column=said) if isinstance(said, str) else said


def links(reading: Reading, campaign: Campaign) -> dict[str, str]:
    """The columns of a people row by which side files meet it, as SQL."""
    found = {}
    for role in ROLES:
        match = of(campaign, role)
        if match is not None and reading.has(match.column):
            found[f"link_{role}"] = alike(reading.known(match.column), match)
    return found


def keep(engine: Engine, reading: Reading, campaign: Campaign) -> dict[str, int]:
    """Keep every link of each person beside the rows, before rows of one person become one.

    Says how many people a side file cannot meet, because they have no link.
    """
    without = {}
    for role in ROLES:
        match = of(campaign, role)
        if match is None:
            continue
        found = f"SELECT DISTINCT link_{role} AS link, key FROM row WHERE key IS NOT NULL"
        none = "SELECT CAST(NULL AS VARCHAR) AS link, CAST(NULL AS VARCHAR) AS key WHERE FALSE"
        engine.run(f"CREATE TABLE link_{role} AS {found if reading.has(match.column) else none}")
        [(people,)] = engine.run(
            "SELECT count(DISTINCT key) FROM row WHERE key IS NOT NULL AND key NOT IN "
            f"(SELECT key FROM link_{role} WHERE link IS NOT NULL)"
        )
        without[role] = people
    return without


def theirs(reading: Reading, key: str, match: Match) -> str:
    """The key of a side file in the form in which it is compared."""
    return alike(reading.known(key), match)


def listed(campaign: Campaign) -> tuple[tuple[str, ...], str]:
    """All links of each person by role, as columns beside `folded`, and what joins them."""
    roles = [role for role in ROLES if of(campaign, role) is not None]
    joins = " ".join(
        f"LEFT JOIN (SELECT key, list(link ORDER BY link) AS links FROM link_{role} "
        f"WHERE link IS NOT NULL GROUP BY key) AS by_{role} ON by_{role}.key = folded.key"
        for role in roles
    )
    return tuple(f"by_{role}.links AS links_{role}" for role in roles), joins


def alike(text: str, match: Match) -> str:
    """What is compared, as SQL; where one side holds hashes, those of the other are taken."""
    plain = _plain(text, match)
    if match.hashed is None:
        return plain
    given = f"lower({text})"
    length = {"md5": 32, "sha1": 40, "sha256": 64}[match.hashed]
    already = f"regexp_full_match({given}, '[0-9a-f]{{{length}}}')"
    return f"CASE WHEN {already} THEN {given} ELSE {match.hashed}({plain}) END"


def _plain(text: str, match: Match) -> str:
    match match.as_:
        case "id":
            return text
        case "email":
            return f"lower({text})"
        case "phone":
            return _phone(text, match.country_code)


def _phone(text: str, country_code: str | None) -> str:
    """A phone number as +49301234567; NULL where its country is not known."""
    digits = f"regexp_replace(replace({text}, '(0)', ''), '[^0-9+]', '', 'g')"
    abroad = f"regexp_replace({digits}, '^00', '+')"
    known = _at_home(abroad, country_code) if country_code else abroad
    return f"nullif(regexp_extract({known}, '^[+][1-9][0-9]{{5,14}}$'), '')"


def _at_home(digits: str, code: str) -> str:
    """A number of a country with its code, whether or not a 0 or the code stood in front."""
    kept = "0" if code in KEEP_THE_0 else ""
    called = f"regexp_replace({digits}, '^0', '+{code}{kept}')"
    least = 10 if len(code) == 1 else 8
    return (
        f"CASE WHEN regexp_full_match({called}, '{code}[0-9]{{{least},12}}') THEN '+' || {called} "
        f"WHEN regexp_full_match({called}, '[1-9][0-9]{{6,11}}') THEN '+{code}' || {called} "
        f"ELSE {called} END"
    )
