// The project's SQL, compiled into the binary as it stands in its files. The order of migrations, views and steps counts.
#include "CEmbedded.h"

// From one version of the schema to the next; never edited once released.
static const struct EmbeddedFile migrations[] = {
  {"m001_ledger", (const unsigned char[]){
#embed "../../sql/migrations/m001_ledger.sql"
  , 0}},
  {"m002_sums", (const unsigned char[]){
#embed "../../sql/migrations/m002_sums.sql"
  , 0}},
  {0}
};

const struct EmbeddedFile *embedded_migrations(void) { return migrations; }

// Later ones read earlier ones.
static const struct EmbeddedFile views[] = {
  {"runner_detail", (const unsigned char[]){
#embed "../../sql/views/view_runner_detail.sql"
  , 0}},
  {"run_detail", (const unsigned char[]){
#embed "../../sql/views/view_run_detail.sql"
  , 0}},
  {"price_history", (const unsigned char[]){
#embed "../../sql/views/view_price_history.sql"
  , 0}},
  {"run_list_read", (const unsigned char[]){
#embed "../../sql/views/view_run_list_read.sql"
  , 0}},
  {"open_run", (const unsigned char[]){
#embed "../../sql/views/view_open_run.sql"
  , 0}},
  {"run_seen", (const unsigned char[]){
#embed "../../sql/views/view_run_seen.sql"
  , 0}},
  {"settled_until", (const unsigned char[]){
#embed "../../sql/views/view_settled_until.sql"
  , 0}},
  {"closed_month", (const unsigned char[]){
#embed "../../sql/views/view_closed_month.sql"
  , 0}},
  {"closed_line", (const unsigned char[]){
#embed "../../sql/views/view_closed_line.sql"
  , 0}},
  {"pending_correction", (const unsigned char[]){
#embed "../../sql/views/view_pending_correction.sql"
  , 0}},
  {"correction", (const unsigned char[]){
#embed "../../sql/views/view_correction.sql"
  , 0}},
  {"tally_day", (const unsigned char[]){
#embed "../../sql/views/view_tally_day.sql"
  , 0}},
  {"cost_day", (const unsigned char[]){
#embed "../../sql/views/view_cost_day.sql"
  , 0}},
  {"cost_month", (const unsigned char[]){
#embed "../../sql/views/view_cost_month.sql"
  , 0}},
  {0}
};

const struct EmbeddedFile *embedded_views(void) { return views; }

// Temporary views that reports share; later ones read earlier ones.
static const struct EmbeddedFile steps[] = {
  {"runner_price", (const unsigned char[]){
#embed "../../sql/steps/step_runner_price.sql"
  , 0}},
  {"latest_run", (const unsigned char[]){
#embed "../../sql/steps/step_latest_run.sql"
  , 0}},
  {"printed_month", (const unsigned char[]){
#embed "../../sql/steps/step_printed_month.sql"
  , 0}},
  {"printed_line", (const unsigned char[]){
#embed "../../sql/steps/step_printed_line.sql"
  , 0}},
  {"tally", (const unsigned char[]){
#embed "../../sql/steps/step_tally.sql"
  , 0}},
  {"tally_times", (const unsigned char[]){
#embed "../../sql/steps/step_tally_times.sql"
  , 0}},
  {"counted_stretch", (const unsigned char[]){
#embed "../../sql/steps/step_counted_stretch.sql"
  , 0}},
  {"open_line", (const unsigned char[]){
#embed "../../sql/steps/step_open_line.sql"
  , 0}},
  {0}
};

const struct EmbeddedFile *embedded_steps(void) { return steps; }

// Named statements.
static const struct EmbeddedFile queries[] = {
  {"ledger", (const unsigned char[]){
#embed "../../sql/queries/query_ledger.sql"
  , 0}},
  {"harvest_log", (const unsigned char[]){
#embed "../../sql/queries/query_harvest_log.sql"
  , 0}},
  {"runners", (const unsigned char[]){
#embed "../../sql/queries/query_runners.sql"
  , 0}},
  {"prices", (const unsigned char[]){
#embed "../../sql/queries/query_prices.sql"
  , 0}},
  {"configured_prices", (const unsigned char[]){
#embed "../../sql/queries/query_configured_prices.sql"
  , 0}},
  {"runs", (const unsigned char[]){
#embed "../../sql/queries/query_runs.sql"
  , 0}},
  {"closing", (const unsigned char[]){
#embed "../../sql/queries/query_closing.sql"
  , 0}},
  {"settling", (const unsigned char[]){
#embed "../../sql/queries/query_settling.sql"
  , 0}},
  {"acting", (const unsigned char[]){
#embed "../../sql/queries/query_acting.sql"
  , 0}},
  {"explain", (const unsigned char[]){
#embed "../../sql/queries/query_explain.sql"
  , 0}},
  {"what_if", (const unsigned char[]){
#embed "../../sql/queries/query_what_if.sql"
  , 0}},
  {"selection", (const unsigned char[]){
#embed "../../sql/queries/query_selection.sql"
  , 0}},
  {"reports", (const unsigned char[]){
#embed "../../sql/queries/query_reports.sql"
  , 0}},
  {"digest", (const unsigned char[]){
#embed "../../sql/queries/query_digest.sql"
  , 0}},
  {"taking_back", (const unsigned char[]){
#embed "../../sql/queries/query_taking_back.sql"
  , 0}},
  {"sources", (const unsigned char[]){
#embed "../../sql/queries/query_sources.sql"
  , 0}},
  {"moved_runs", (const unsigned char[]){
#embed "../../sql/queries/query_moved_runs.sql"
  , 0}},
  {"former", (const unsigned char[]){
#embed "../../sql/queries/query_former.sql"
  , 0}},
  {"past", (const unsigned char[]){
#embed "../../sql/queries/query_past.sql"
  , 0}},
  {"events", (const unsigned char[]){
#embed "../../sql/queries/query_events.sql"
  , 0}},
  {0}
};

const struct EmbeddedFile *embedded_queries(void) { return queries; }

// Statements with something to fill in.
static const unsigned char digest_change[] = {
#embed "../../sql/digest/digest_change.sql"
  , 0
};

const unsigned char *embedded_digest_change(void) { return digest_change; }

static const unsigned char digest_insert[] = {
#embed "../../sql/digest/digest_insert.sql"
  , 0
};

const unsigned char *embedded_digest_insert(void) { return digest_insert; }

static const unsigned char digest_rows[] = {
#embed "../../sql/digest/digest_rows.sql"
  , 0
};

const unsigned char *embedded_digest_rows(void) { return digest_rows; }

static const unsigned char ordered_rows[] = {
#embed "../../sql/order/ordered_rows.sql"
  , 0
};

const unsigned char *embedded_ordered_rows(void) { return ordered_rows; }

static const unsigned char tally_lines[] = {
#embed "../../sql/tally/tally_lines.sql"
  , 0
};

const unsigned char *embedded_tally_lines(void) { return tally_lines; }

static const unsigned char tally_times[] = {
#embed "../../sql/tally/tally_times.sql"
  , 0
};

const unsigned char *embedded_tally_times(void) { return tally_times; }
