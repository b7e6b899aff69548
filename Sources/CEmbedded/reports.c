// The report definitions, compiled into the binary as they stand in their files.
#include "CEmbedded.h"

// In the order of `runtally reports`.
static const struct EmbeddedFile reports[] = {
  {"summary", (const unsigned char[]){
#embed "../../reports/built-in/summary.sql"
  , 0}},
  {"monthly-cost", (const unsigned char[]){
#embed "../../reports/built-in/monthly-cost.sql"
  , 0}},
  {"corrections", (const unsigned char[]){
#embed "../../reports/built-in/corrections.sql"
  , 0}},
  {"charges", (const unsigned char[]){
#embed "../../reports/built-in/charges.sql"
  , 0}},
  {"failure-trend", (const unsigned char[]){
#embed "../../reports/built-in/failure-trend.sql"
  , 0}},
  {"durations", (const unsigned char[]){
#embed "../../reports/built-in/durations.sql"
  , 0}},
  {"regressions", (const unsigned char[]){
#embed "../../reports/built-in/regressions.sql"
  , 0}},
  {"waste", (const unsigned char[]){
#embed "../../reports/built-in/waste.sql"
  , 0}},
  {"forecast", (const unsigned char[]){
#embed "../../reports/built-in/forecast.sql"
  , 0}},
  {"runs", (const unsigned char[]){
#embed "../../reports/built-in/runs.sql"
  , 0}},
  {"runners", (const unsigned char[]){
#embed "../../reports/built-in/runners.sql"
  , 0}},
  {"open-runs", (const unsigned char[]){
#embed "../../reports/built-in/open-runs.sql"
  , 0}},
  {"fleet", (const unsigned char[]){
#embed "../../reports/built-in/fleet.sql"
  , 0}},
  {"metrics", (const unsigned char[]){
#embed "../../reports/built-in/metrics.sql"
  , 0}},
  {"coverage", (const unsigned char[]){
#embed "../../reports/built-in/coverage.sql"
  , 0}},
  {"prices", (const unsigned char[]){
#embed "../../reports/built-in/prices.sql"
  , 0}},
  {"charges-focus", (const unsigned char[]){
#embed "../../reports/built-in/charges-focus.sql"
  , 0}},
  {"runs-junit", (const unsigned char[]){
#embed "../../reports/built-in/runs-junit.sql"
  , 0}},
  {"runners-junit", (const unsigned char[]){
#embed "../../reports/built-in/runners-junit.sql"
  , 0}},
  {0}
};

const struct EmbeddedFile *embedded_reports(void) { return reports; }

// What a report of one's own can begin with.
static const unsigned char new_report[] = {
#embed "../../reports/new/report.sql"
  , 0
};

const unsigned char *embedded_new_report(void) { return new_report; }
