"""Laws, codes and guidance by name and link, once; what a check cites, it cites from here.

A status says how things stood on `READ`. A source that nobody re-read since says "from knowledge",
and one that a lawyer must still confirm says so; repeating a source never promotes it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from checks.finding import Source

Kind = Literal["law", "guidance", "our policy"]
Status = Literal["in_force", "amended", "proposed", "repealed", "withdrawn", "voluntary"]
Confirmed = Literal["read", "from knowledge", "to be confirmed"]

READ = date(2026, 11, 1)
"""The day for which every status below was looked at."""

GDPR = "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
CALIFORNIA = (
    "https://leginfo.legislature.ca.gov/faces/codes_displaySection.xhtml?lawCode=CIV&sectionNum="
)
CASL = "https://laws-lois.justice.gc.ca/eng/acts/e-1.6/"


def _law(
    name: str,
    link: str,
    *,
    kind: Kind = "law",
    status: Status = "in_force",
    confirmed: Confirmed = "from knowledge",
    note: str = "",
) -> Source:
    return Source(
        name=name,
        link=link,
        kind=kind,
        status=status,
        as_of=READ,
        confirmed=confirmed,
        note=note,
    )


_EUROPE = (
    _law("GDPR 5(1)(a)", GDPR),
    _law("GDPR 5(1)(b)", GDPR),
    _law("GDPR 5(1)(c)", GDPR),
    _law("GDPR 5(1)(d)", GDPR),
    _law("GDPR 5(2)", GDPR),
    _law("GDPR 6(1)(a)", GDPR),
    _law("GDPR 7", GDPR),
    _law("GDPR 8", GDPR, note="Member states may lower the age of consent from 16 to 13."),
    _law("GDPR 12(1)", GDPR),
    _law("GDPR 13", GDPR),
    _law("GDPR 14", GDPR),
    _law("GDPR 21(2)–(3)", GDPR),
    _law("GDPR 25", GDPR),
    _law("GDPR 32", GDPR),
    _law("GDPR rec. 26", GDPR),
    _law("GDPR rec. 71", GDPR),
    _law("EU Charter 21", "https://eur-lex.europa.eu/eli/treaty/char_2012/oj"),
    _law(
        "ePrivacy Directive 13",
        "https://eur-lex.europa.eu/eli/dir/2002/58/oj",
        confirmed="read",
    ),
    _law(
        "DSA 28",
        "https://eur-lex.europa.eu/eli/reg/2022/2065/oj",
        confirmed="read",
        note="It binds online platforms that are not micro or small.",
    ),
    _law("UCPD annex I no 26", "https://eur-lex.europa.eu/eli/dir/2005/29/oj"),
)

_UNITED_KINGDOM = (
    _law(
        "UK Equality Act 2010 ss 19, 29",
        "https://www.legislation.gov.uk/ukpga/2010/15/contents",
    ),
    _law(
        "UK PECR 22",
        "https://www.legislation.gov.uk/uksi/2003/2426/regulation/22",
        status="amended",
        confirmed="read",
        note="Amended on 5 February 2026 by the Data (Use and Access) Act 2025.",
    ),
)

_AMERICA = (
    _law(
        "29 CFR 1607.4(D)",
        "https://www.ecfr.gov/current/title-29/section-1607.4",
        kind="guidance",
        status="proposed",
        confirmed="read",
        note="In force; its repeal is under way. A rule of thumb from hiring, used as a yardstick.",
    ),
    _law(
        "6 RCNY 5-301",
        "https://www.nyc.gov/site/dca/about/automated-employment-decision-tools.page",
        confirmed="read",
        note="It concerns hiring tools in New York City; used here for its formulas, by analogy.",
    ),
    _law(
        "ECOA 12 CFR 1002.4(a)",
        "https://www.ecfr.gov/current/title-12/section-1002.4",
        status="amended",
        confirmed="read",
        note="Since 21 July 2026 there is no effects test in 1002.6(a); litigation is not known.",
    ),
    _law(
        "Fair Housing Act 42 USC 3604(c)",
        "https://www.law.cornell.edu/uscode/text/42/3604",
    ),
    _law(
        "TCPA 47 CFR 64.1200",
        "https://www.ecfr.gov/current/title-47/section-64.1200",
        confirmed="read",
        note="The duty to apply one refusal to every programme is waived to 31 January 2027.",
    ),
    _law(
        "CAN-SPAM 15 USC 7704(a)",
        "https://www.law.cornell.edu/uscode/text/15/7704",
        confirmed="read",
    ),
    _law("COPPA 16 CFR 312", "https://www.ecfr.gov/current/title-16/part-312", status="amended"),
    _law("Cal. Civ. Code 1798.100", f"{CALIFORNIA}1798.100"),
    _law("Cal. Civ. Code 1798.120", f"{CALIFORNIA}1798.120"),
    _law(
        "11 CCR 7026(f)",
        "https://cppa.ca.gov/regulations/",
        confirmed="to be confirmed",
        note="The fifteen business days were not found in the text that was read.",
    ),
    _law("CASL 6, 10", CASL, confirmed="read"),
    _law("CASL 11(3)", CASL, confirmed="read"),
)

_GUIDANCE = (
    _law(
        "ICO anonymisation guidance",
        "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/"
        "anonymisation/",
        kind="guidance",
        status="voluntary",
        confirmed="read",
    ),
    _law(
        "EDPB Guidelines 05/2020",
        "https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/"
        "guidelines-052020-consent-under-regulation-2016679_en",
        kind="guidance",
        confirmed="read",
    ),
    _law(
        "our policy",
        "",
        kind="our policy",
        confirmed="read",
        note="Chosen for its behaviour; a committee adopts or changes it in the policy pack.",
    ),
)

SOURCES: dict[str, Source] = {
    source.name: source for source in (*_EUROPE, *_UNITED_KINGDOM, *_AMERICA, *_GUIDANCE)
}
"""By short name, e.g. ``GDPR 13``."""
