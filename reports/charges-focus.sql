/*
title: Charges
question: What does a FinOps platform load?
description: The FinOps Open Cost and Usage Specification, 1.4 and 1.2. One row per run, billing month and price; unpriced time is left out.
format_of: charges
format: [focus, focus-1.2]
parameters: [period, source, runner]
default_period: last-month
columns:
  - {name: BilledCost, type: money, description: "PricingQuantity times ListUnitPrice, exactly. The vendor's invoice is not known."}
  - {name: BillingAccountId, type: text, description: "account_id of the source's configuration, else its name."}
  - {name: BillingAccountName, type: text, description: "account_name of the source's configuration."}
  - {name: BillingCurrency, type: word, description: "ISO 4217 code."}
  - {name: BillingPeriodEnd, type: instant, description: "Where the month ends in the ledger's zone, exclusive."}
  - {name: BillingPeriodStart, type: instant, description: "Where the month begins in the ledger's zone."}
  - {name: ChargeCategory, type: word, description: "Usage."}
  - {name: ChargeClass, type: word, description: "Correction for what changes a closed month; else null."}
  - {name: ChargeDescription, type: text, description: "Runner, run and machine size in words."}
  - {name: ChargeFrequency, type: word, description: "Usage-Based."}
  - {name: ChargePeriodEnd, type: instant, description: "The end, exclusive, up to the next whole second."}
  - {name: ChargePeriodStart, type: instant, description: "The start, down to the whole second."}
  - {name: ConsumedQuantity, type: seconds, description: "The time the run took."}
  - {name: ConsumedUnit, type: word, description: "Seconds."}
  - {name: ContractedCost, type: money, description: "As BilledCost."}
  - {name: ContractedUnitPrice, type: price, description: "As ListUnitPrice."}
  - {name: EffectiveCost, type: money, description: "As BilledCost."}
  - {name: HostProviderName, type: word, description: "The vendor. Not in 1.2."}
  - {name: InvoiceId, type: word, description: "Null: no API names one."}
  - {name: InvoiceIssuerName, type: word, description: "The vendor."}
  - {name: ListCost, type: money, description: "As BilledCost."}
  - {name: ListUnitPrice, type: price, description: "The price of one second that was in force."}
  - {name: PricingCategory, type: word, description: "Standard."}
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
  - {name: Tags, type: text, description: "The labels of the configuration and the runner's image as JSON."}
  - {name: x_Source, type: word, description: "The configured account."}
  - {name: x_RunId, type: word, description: "The vendor's id of the run."}
  - {name: x_Outcome, type: word, description: "What became of the run."}
  - {name: x_ExitCode, type: integer, description: "The container's exit code."}
  - {name: x_StartedAt, type: word, description: "Where the charge begins, with milliseconds."}
  - {name: x_EndedAt, type: word, description: "Where it ends, with milliseconds."}
  - {name: x_PriceAssumed, type: flag, description: "Whether any of the price is taken from a neighbouring sight."}
*/
WITH
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
    slice.price_id,
    min(slice.from_at) AS from_at,
    max(slice.to_at) AS to_at,
    sum(slice.to_at - slice.from_at) AS consumed,
    sum(slice.billed) AS billed,
    max(slice.assumed) AS assumed
  FROM candidate
  JOIN slices(candidate.runner_id, candidate.started_at, candidate.ended_at) AS slice
  WHERE slice.price_id <> 0 AND slice.day >= :from_day AND slice.day < :to_day
  GROUP BY candidate.run_id, period_start(slice.day, 'month'), slice.instance_type_id, slice.price_id
),
named AS (
  SELECT
    charge.*,
    cost(charge.billed, price.price_second) AS cost,
    price.price_second,
    coalesce(price.currency, runner_detail.currency) AS currency,
    selected_source.account_id,
    selected_source.account_name,
    CASE runner_detail.vendor WHEN 'nodion' THEN 'Nodion' WHEN 'agentsmesh' THEN 'AgentsMesh' ELSE 'Soda' END AS provider,
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
  FROM charge
  JOIN runner_detail USING (runner_id)
  JOIN runner USING (runner_id)
  JOIN selected_source ON selected_source.source_id = runner.source_id
  JOIN instance_type ON instance_type.instance_type_id = charge.instance_type_id
  JOIN price ON price.price_id = charge.price_id
)
SELECT
  cost AS BilledCost,
  account_id AS BillingAccountId,
  account_name AS BillingAccountName,
  currency AS BillingCurrency,
  day_start(period_start(month + 31, 'month')) AS BillingPeriodEnd,
  day_start(month) AS BillingPeriodStart,
  'Usage' AS ChargeCategory,
  NULL AS ChargeClass,
  'Runner "' || runner || '", run ' || external_id || coalesce(', on ' || size, '') AS ChargeDescription,
  'Usage-Based' AS ChargeFrequency,
  -((-to_at) / 1000 - ((-to_at) % 1000 < 0)) * 1000 AS ChargePeriodEnd,
  (from_at / 1000 - (from_at % 1000 < 0)) * 1000 AS ChargePeriodStart,
  consumed AS ConsumedQuantity,
  'Seconds' AS ConsumedUnit,
  cost AS ContractedCost,
  price_second AS ContractedUnitPrice,
  cost AS EffectiveCost,
  provider AS HostProviderName,
  NULL AS InvoiceId,
  provider AS InvoiceIssuerName,
  cost AS ListCost,
  price_second AS ListUnitPrice,
  'Standard' AS PricingCategory,
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
  nullif(json_patch(CASE WHEN image IS NULL THEN '{}' ELSE json_object('image', image) END, labels), '{}') AS Tags,
  source AS x_Source,
  external_id AS x_RunId,
  outcome.word AS x_Outcome,
  exit_code AS x_ExitCode,
  rfc3339(from_at) AS x_StartedAt,
  rfc3339(to_at) AS x_EndedAt,
  assumed AS x_PriceAssumed
FROM named
JOIN outcome USING (outcome)
ORDER BY month, position, from_at, external_id, price_id;
