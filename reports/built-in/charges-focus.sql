/*
title: Charges
question: What does a FinOps platform load?
description: The FinOps Open Cost and Usage Specification, 1.4 and 1.2. One row per run, billing month and price; unpriced time is left out. A closed month adds up to what it was closed with; what changed later is a row of ChargeClass Correction in the month that it counts in.
format_of: charges
format: [focus, focus-1.2]
schema_version: 2
parameters: [period, source, runner]
default_period: last-month
prints_closings: true
columns:
  - {name: AllocatedMethodDetails, type: word, description: "Null: no cost is split. Not in 1.2."}
  - {name: AllocatedMethodId, type: word, description: "Null. Not in 1.2."}
  - {name: AllocatedResourceId, type: word, description: "Null. Not in 1.2."}
  - {name: AllocatedResourceName, type: word, description: "Null. Not in 1.2."}
  - {name: AllocatedTags, type: word, description: "Null. Not in 1.2."}
  - {name: AvailabilityZone, type: word, description: "Null: no API names one."}
  - {name: BilledCost, type: money, description: "PricingQuantity times ListUnitPrice, exactly; of a correction it may be below 0. The vendor's invoice is not known."}
  - {name: BillingAccountId, type: text, description: "account_id of the source's configuration, else its name."}
  - {name: BillingAccountName, type: text, description: "account_name of the source's configuration."}
  - {name: BillingAccountType, type: word, description: "Account."}
  - {name: BillingCurrency, type: word, description: "ISO 4217 code."}
  - {name: BillingPeriodEnd, type: instant, description: "The first day of the next month, at 00:00Z."}
  - {name: BillingPeriodStart, type: instant, description: "The first day of the month, at 00:00Z: the month that the ledger counts it in, under its own name, whatever the ledger's zone is."}
  - {name: CapacityReservationId, type: word, description: "Null, as CapacityReservationStatus is: no vendor reserves capacity. Columns of what does not exist are there because platforms ask for them."}
  - {name: CapacityReservationStatus, type: word, description: "Null."}
  - {name: ChargeCategory, type: word, description: "Usage."}
  - {name: ChargeClass, type: word, description: "Correction for what changed in a closed month after its closing; else null."}
  - {name: ChargeDescription, type: text, description: "Runner, run and machine size in words."}
  - {name: ChargeFrequency, type: word, description: "Usage-Based."}
  - {name: ChargePeriodEnd, type: instant, description: "The end, exclusive, up to the next whole second."}
  - {name: ChargePeriodStart, type: instant, description: "The start, down to the whole second."}
  - {name: CommitmentDiscountCategory, type: word, description: "Null: no vendor gives discounts for commitments."}
  - {name: CommitmentDiscountId, type: word, description: "Null."}
  - {name: CommitmentDiscountName, type: word, description: "Null."}
  - {name: CommitmentDiscountQuantity, type: word, description: "Null."}
  - {name: CommitmentDiscountStatus, type: word, description: "Null."}
  - {name: CommitmentDiscountType, type: word, description: "Null."}
  - {name: CommitmentDiscountUnit, type: word, description: "Null."}
  - {name: CommitmentProgramEligibilityDetails, type: word, description: "Null. Not in 1.2."}
  - {name: ConsumedQuantity, type: seconds, description: "The time the run took; of a row that is of no single run, the time that is billed."}
  - {name: ConsumedUnit, type: word, description: "Seconds."}
  - {name: ContractApplied, type: word, description: "Null. Not in 1.2."}
  - {name: ContractedCost, type: money, description: "As BilledCost."}
  - {name: ContractedUnitPrice, type: price, description: "As ListUnitPrice."}
  - {name: EffectiveCost, type: money, description: "As BilledCost."}
  - {name: HostProviderName, type: word, description: "The vendor. Not in 1.2."}
  - {name: InvoiceId, type: word, description: "Null: no API names one."}
  - {name: InvoiceIssuerName, type: word, description: "The vendor."}
  - {name: ListCost, type: money, description: "As BilledCost."}
  - {name: ListUnitPrice, type: price, description: "The price of one second that was in force."}
  - {name: PricingCategory, type: word, description: "Standard."}
  - {name: PricingCurrency, type: word, description: "As BillingCurrency: what is priced in a currency is billed in it."}
  - {name: PricingCurrencyContractedUnitPrice, type: price, description: "As ListUnitPrice."}
  - {name: PricingCurrencyEffectiveCost, type: money, description: "As BilledCost."}
  - {name: PricingCurrencyListUnitPrice, type: price, description: "As ListUnitPrice."}
  - {name: PricingQuantity, type: seconds, description: "The time that is billed, under the source's billing rule."}
  - {name: PricingUnit, type: word, description: "Seconds."}
  - {name: ProviderName, type: word, description: "The vendor. Not in 1.4."}
  - {name: PublisherName, type: word, description: "The vendor. Not in 1.4."}
  - {name: RegionId, type: text, description: "The runner's region now."}
  - {name: RegionName, type: text, description: "Its name."}
  - {name: ResourceId, type: word, description: "The vendor's id of the runner."}
  - {name: ResourceName, type: text, description: "The runner's newest name."}
  - {name: ResourceType, type: word, description: "Runner."}
  - {name: ServiceCategory, type: word, description: "Compute."}
  - {name: ServiceName, type: word, description: "The vendor's product."}
  - {name: ServiceProviderName, type: word, description: "The vendor. Not in 1.2."}
  - {name: ServiceSubcategory, type: word, description: "Containers."}
  - {name: SkuId, type: text, description: "Vendor and machine size, or the runner where the vendor names no size."}
  - {name: SkuMeter, type: word, description: "Runner Seconds."}
  - {name: SkuPriceDetails, type: text, description: "The machine size as JSON."}
  - {name: SkuPriceId, type: text, description: "SkuId, currency and price."}
  - {name: SubAccountId, type: text, description: "project of the source's configuration; null where it names none."}
  - {name: SubAccountName, type: text, description: "Null: no API names one."}
  - {name: SubAccountType, type: word, description: "Project where there is a SubAccountId."}
  - {name: Tags, type: text, description: "The labels of the configuration, and as runtally/image the runner's image, as JSON."}
  - {name: x_Source, type: word, description: "The configured account."}
  - {name: x_RunId, type: word, description: "The vendor's id of the run; null where it is no single one: of corrections, and of what was corrected in a closed month."}
  - {name: x_Outcome, type: word, description: "What became of the run."}
  - {name: x_ExitCode, type: integer, description: "The container's exit code."}
  - {name: x_StartedAt, type: word, description: "Where the run's charge begins, with milliseconds."}
  - {name: x_EndedAt, type: word, description: "Where it ends, with milliseconds."}
  - {name: x_PriceAssumed, type: flag, description: "Whether any of the price is taken from a neighbouring sight."}
*/
WITH
-- Months that are closed and wholly in the period add up to what they were closed with.
closed AS (
  SELECT month, first_day, end_day FROM printed_month WHERE period = 'asked'
),
-- Their machines and prices whose time is another by now: there the runs no longer add up, and one row stands for them.
changed AS (
  SELECT closed.month, closed.first_day, runner_id, instance_type_id, price_second, currency
  FROM correction
  JOIN closed USING (month)
  WHERE price_second IS NOT NULL
  GROUP BY closed.month, runner_id, instance_type_id, price_second, currency
  HAVING sum(billed) <> 0
),
-- Every finished run that may reach into the period.
candidate AS (
  SELECT
    selected_runner.position, selected_runner.labels, run.run_id, run.runner_id, run.external_id, run.outcome,
    run.exit_code, run.started_at, run.ended_at
  FROM selected_runner
  CROSS JOIN run USING (runner_id)
  WHERE run.ended_at >= :from_at AND run.started_at IS NOT NULL AND min(run.started_at, run.ended_at) < :to_at
),
-- Its time in each month at each price.
charge AS (
  SELECT
    candidate.*,
    period_start(slice.day, 'month') AS month,
    slice.instance_type_id,
    min(slice.price_id) AS price_id,
    min(slice.from_at) AS from_at,
    max(slice.to_at) AS to_at,
    sum(slice.to_at - slice.from_at) AS consumed,
    sum(slice.billed) AS billed,
    max(slice.assumed) AS assumed
  FROM candidate
  JOIN slices(candidate.runner_id, candidate.started_at, candidate.ended_at) AS slice
  JOIN price USING (price_id)
  WHERE slice.price_id <> 0 AND slice.day >= :from_day AND slice.day < :to_day
  -- Two entries of one price are one charge.
  GROUP BY
    candidate.run_id, period_start(slice.day, 'month'), slice.instance_type_id, price.price_second, price.currency
),
-- The charges of single runs, then what stands for several: a closed month as it was closed, and corrections.
listed AS (
  SELECT
    charge.position, charge.labels, charge.runner_id, charge.external_id, charge.outcome, charge.exit_code,
    charge.month, charge.instance_type_id, charge.price_id, charge.from_at, charge.to_at, charge.consumed,
    charge.billed, charge.assumed, price.price_second, coalesce(price.currency, runner_detail.currency) AS currency,
    NULL AS class, NULL AS said
  FROM charge
  JOIN runner_detail USING (runner_id)
  JOIN price ON price.price_id = charge.price_id
  WHERE NOT EXISTS (
    SELECT 1
    FROM changed
    WHERE changed.first_day = charge.month
      AND changed.runner_id = charge.runner_id
      AND changed.instance_type_id = charge.instance_type_id
      AND changed.price_second = price.price_second
      AND changed.currency IS coalesce(price.currency, runner_detail.currency)
  )
  UNION ALL
  SELECT
    selected_runner.position, selected_runner.labels, changed.runner_id, NULL, NULL, NULL,
    changed.first_day, changed.instance_type_id, NULL, day_start(closed.first_day), day_start(closed.end_day),
    sum(closed_line.billed), sum(closed_line.billed), max(closed_line.assumed), changed.price_second,
    changed.currency, NULL, closed.month || ' as it was closed'
  FROM changed
  JOIN closed USING (month)
  JOIN selected_runner USING (runner_id)
  JOIN closed_line ON closed_line.month = changed.month
    AND closed_line.closed_with = changed.month
    AND closed_line.runner_id = changed.runner_id
    AND closed_line.instance_type_id = changed.instance_type_id
    AND closed_line.price_second = changed.price_second
    AND closed_line.currency IS changed.currency
  GROUP BY changed.month, changed.runner_id, changed.instance_type_id, changed.price_second, changed.currency
  HAVING sum(closed_line.billed) <> 0
  UNION ALL
  SELECT
    selected_runner.position, selected_runner.labels, correction.runner_id, NULL, NULL, NULL,
    month_start(correction.discovered), correction.instance_type_id, NULL,
    day_start(closed_month.first_day), day_start(closed_month.end_day),
    sum(correction.billed), sum(correction.billed), max(correction.assumed), correction.price_second,
    correction.currency, 'Correction', 'correction of ' || correction.month
  FROM correction
  JOIN closed_month USING (month)
  JOIN selected_runner USING (runner_id)
  WHERE correction.price_second IS NOT NULL
    AND month_start(correction.discovered) >= :from_day
    AND month_start(correction.discovered) < :to_day
  GROUP BY
    correction.discovered, correction.month, correction.runner_id, correction.instance_type_id,
    correction.price_second, correction.currency
  HAVING sum(correction.billed) <> 0
),
named AS (
  SELECT
    listed.*,
    cost(listed.billed, listed.price_second) AS cost,
    selected_source.account_id,
    selected_source.account_name,
    selected_source.project,
    runner_detail.vendor_name AS provider,
    coalesce(instance_type.slug, instance_type.name) AS size,
    instance_type.cpu,
    coalesce(runner_detail.vendor || '/' || coalesce(instance_type.slug, instance_type.name),
      runner_detail.vendor || '/runner/' || runner_detail.runner_external_id) AS sku,
    runner_detail.source,
    runner_detail.runner,
    runner_detail.runner_external_id,
    runner_detail.image,
    runner_detail.region,
    runner_detail.region_name
  FROM listed
  JOIN runner_detail USING (runner_id)
  JOIN runner USING (runner_id)
  JOIN selected_source ON selected_source.source_id = runner.source_id
  JOIN instance_type ON instance_type.instance_type_id = listed.instance_type_id
)
SELECT
  NULL AS AllocatedMethodDetails,
  NULL AS AllocatedMethodId,
  NULL AS AllocatedResourceId,
  NULL AS AllocatedResourceName,
  NULL AS AllocatedTags,
  NULL AS AvailabilityZone,
  cost AS BilledCost,
  account_id AS BillingAccountId,
  account_name AS BillingAccountName,
  'Account' AS BillingAccountType,
  currency AS BillingCurrency,
  -- A day's number is that of its midnight in UTC.
  period_end(month, 'month') * 86400000 AS BillingPeriodEnd,
  month * 86400000 AS BillingPeriodStart,
  NULL AS CapacityReservationId,
  NULL AS CapacityReservationStatus,
  'Usage' AS ChargeCategory,
  class AS ChargeClass,
  'Runner "' || runner || '", ' || coalesce(said, 'run ' || external_id) || coalesce(', on ' || size, '') AS ChargeDescription,
  'Usage-Based' AS ChargeFrequency,
  -((-to_at) / 1000 - ((-to_at) % 1000 < 0)) * 1000 AS ChargePeriodEnd,
  (from_at / 1000 - (from_at % 1000 < 0)) * 1000 AS ChargePeriodStart,
  NULL AS CommitmentDiscountCategory,
  NULL AS CommitmentDiscountId,
  NULL AS CommitmentDiscountName,
  NULL AS CommitmentDiscountQuantity,
  NULL AS CommitmentDiscountStatus,
  NULL AS CommitmentDiscountType,
  NULL AS CommitmentDiscountUnit,
  NULL AS CommitmentProgramEligibilityDetails,
  consumed AS ConsumedQuantity,
  'Seconds' AS ConsumedUnit,
  NULL AS ContractApplied,
  cost AS ContractedCost,
  price_second AS ContractedUnitPrice,
  cost AS EffectiveCost,
  provider AS HostProviderName,
  NULL AS InvoiceId,
  provider AS InvoiceIssuerName,
  cost AS ListCost,
  price_second AS ListUnitPrice,
  'Standard' AS PricingCategory,
  currency AS PricingCurrency,
  price_second AS PricingCurrencyContractedUnitPrice,
  cost AS PricingCurrencyEffectiveCost,
  price_second AS PricingCurrencyListUnitPrice,
  billed AS PricingQuantity,
  'Seconds' AS PricingUnit,
  provider AS ProviderName,
  provider AS PublisherName,
  region AS RegionId,
  region_name AS RegionName,
  runner_external_id AS ResourceId,
  nullif(runner, runner_external_id) AS ResourceName,
  'Runner' AS ResourceType,
  'Compute' AS ServiceCategory,
  provider || ' Runners' AS ServiceName,
  provider AS ServiceProviderName,
  'Containers' AS ServiceSubcategory,
  sku AS SkuId,
  'Runner Seconds' AS SkuMeter,
  CASE
    WHEN size IS NULL THEN NULL
    WHEN cpu GLOB '[1-9]*' AND cpu NOT GLOB '*[^0-9]*' THEN json_object('InstanceType', size, 'CoreCount', CAST(cpu AS INTEGER))
    ELSE json_object('InstanceType', size)
  END AS SkuPriceDetails,
  sku || '/' || coalesce(currency || '/', '') || price_second AS SkuPriceId,
  project AS SubAccountId,
  NULL AS SubAccountName,
  CASE WHEN project IS NOT NULL THEN 'Project' END AS SubAccountType,
  nullif(json_patch(labels, CASE WHEN image IS NULL THEN '{}' ELSE json_object('runtally/image', image) END), '{}') AS Tags,
  source AS x_Source,
  external_id AS x_RunId,
  outcome.word AS x_Outcome,
  exit_code AS x_ExitCode,
  CASE WHEN said IS NULL THEN rfc3339(from_at) END AS x_StartedAt,
  CASE WHEN said IS NULL THEN rfc3339(to_at) END AS x_EndedAt,
  assumed AS x_PriceAssumed
FROM named
LEFT JOIN outcome USING (outcome)
ORDER BY month, position, from_at, external_id, price_id, said, instance_type_id, price_second COLLATE DECIMAL,
  currency;
