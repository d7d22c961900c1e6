"""The benchmark of the checks: all of them on people that were taken in, beside one bare scan."""

from __future__ import annotations

from pathlib import Path

CAMPAIGN = """\
id: suite
name: Suite
owner: ana@bank.example
launch: 2026-12-01
sector: credit
effect: opportunity
regions: [DE]
people:
  file: people.parquet
  key: customer_id
  targeted: on_list
  segment: segment
  attributes:
    gender: gender
    age: {column: birth_year, as: birth_year, bands: [25, 35, 45, 55, 65]}
    origin: origin
    income: income
    language: spoken
    family: family
  quasi_identifiers: [age, gender, area]
rules:
  - {column: area, not_among: [A001, A002], because: no branch}
  - {column: product, among: [p1, p2, p3, p4, p5, p6], because: has it}
  - {column: device, not_among: [d9], because: cannot show it}
  - {column: school, not_among: [s9], because: another offer}
  - {column: tenure, at_least: 1, because: new customers have another offer}
  - {column: visits, at_least: 1, because: was here}
  - {column: branch, not_among: [b99], because: closed}
  - {column: score, at_least: 5, because: may answer}
channels:
  email:
    basis: consent
    purpose: direct_marketing
    permission: {status: email_status, granted: [granted], given: email_at}
fields: [{name: area, source: crm}, {name: product, source: crm}, {name: score, source: model}]
"""

PEOPLE = """
COPY (
  SELECT 'C' || (10000000 + n - (n % 200 = 7)::INTEGER) AS customer_id,
         a % 10 < 4 AS on_list,
         'segment ' || (a % 20) AS segment,
         ['f', 'm', 'x', 'unknown'][1 + least(a % 7 // 2, 3)] AS gender,
         (1936 + b % 70)::SMALLINT AS birth_year,
         'origin ' || (b % 12) AS origin,
         'band ' || (c % 7) AS income,
         ['en', 'fr', 'de', 'pl', 'tr', 'ar', 'it', 'es'][1 + c % 8] AS spoken,
         ['alone', 'pair', 'children', 'others'][1 + d % 4] AS family,
         'A' || lpad((b % 900)::VARCHAR, 3, '0') AS area,
         'p' || (c % 9) AS product,
         'd' || (d % 10) AS device,
         's' || (a % 10) AS school,
         (d % 12)::SMALLINT AS tenure,
         (c % 40)::SMALLINT AS visits,
         'b' || (d % 100) AS branch,
         (a % 100)::SMALLINT AS score,
         ['granted', 'denied', 'withdrawn', 'granted'][1 + c % 4] AS email_status,
         DATE '2025-01-01' + (c % 600)::INTEGER AS email_at
  FROM (SELECT n, (h & 1048575)::BIGINT AS a, ((h >> 16) & 1048575)::BIGINT AS b,
               ((h >> 28) & 4194303)::BIGINT AS c, ((h >> 41) & 4194303)::BIGINT AS d
        FROM (SELECT n, md5_number_lower(n::VARCHAR) AS h FROM range({rows}) AS numbers(n)))
) TO '{file}' (FORMAT parquet)
"""


def make(folder: Path, rows: int) -> None:
    """Write the people and their campaign, and take them in."""
    import duckdb

    from checks.intake import take_in
    from checks.reading import read_campaign

    file = str(folder / "people.parquet").replace("'", "''")
    connection = duckdb.connect(config={"threads": "2"})
    connection.execute("SET enable_progress_bar = false")
    connection.execute(PEOPLE.format(rows=rows, file=file))
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    print(take_in(read_campaign(folder / "campaign.yaml"), folder, folder / "home").folder)
