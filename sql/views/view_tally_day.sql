-- The days of the tally, with their dates and months.
--
-- The calendar is worked out in whole numbers, from days since 1 March of the year 0: every SQL knows these, and what
-- functions of dates are called differs. A number is made a multiple before it is divided, because / may give fractions.
CREATE VIEW tally_day AS
WITH
counted AS (
  SELECT day, day + 719468 AS number
  FROM (SELECT DISTINCT day FROM source_day) AS days
),
century AS (
  SELECT day, number, CAST((4 * number + 3 - (4 * number + 3) % 146097) / 146097 AS BIGINT) AS century
  FROM counted
),
day_of_century AS (
  SELECT
    day, century, number - CAST((146097 * century - (146097 * century) % 4) / 4 AS BIGINT) AS number
  FROM century
),
year AS (
  SELECT day, century, number, CAST((4 * number + 3 - (4 * number + 3) % 1461) / 1461 AS BIGINT) AS year
  FROM day_of_century
),
day_of_year AS (
  SELECT
    day, 100 * century + year AS year, number - CAST((1461 * year - (1461 * year) % 4) / 4 AS BIGINT) AS number
  FROM year
),
-- Months from March on.
month AS (
  SELECT day, year, number, CAST((5 * number + 2 - (5 * number + 2) % 153) / 153 AS BIGINT) AS month
  FROM day_of_year
),
dated AS (
  SELECT
    day,
    CASE WHEN month < 10 THEN year ELSE year + 1 END AS year,
    CASE WHEN month < 10 THEN month + 3 ELSE month - 9 END AS month,
    number - CAST((153 * month + 2 - (153 * month + 2) % 5) / 5 AS BIGINT) + 1 AS day_of_month
  FROM month
)
SELECT
  day,
  year || '-' || substr('0' || month, -2) || '-' || substr('0' || day_of_month, -2) AS date,
  year || '-' || substr('0' || month, -2) AS month
FROM dated;
