// The system's libxlsxwriter, and two of its calls that take records with texts in them: Swift would have to keep those
// alive by hand.
#include <xlsxwriter.h>

// Rows are written to temporary files in a folder as they come, not kept.
static inline lxw_workbook *xlsx_workbook(const char *path, const char *folder) {
  lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = (char *)folder, .use_zip64 = LXW_FALSE};
  return workbook_new_opt(path, &options);
}

static inline lxw_error xlsx_set_properties(
    lxw_workbook *workbook, const char *title, const char *subject, const char *comments, time_t created) {
  lxw_doc_properties properties = {
    .title = (char *)title, .subject = (char *)subject, .comments = (char *)comments, .created = created};
  return workbook_set_properties(workbook, &properties);
}

// How many bytes the rows of a sheet take so far; -1 where they could not be kept, most likely because the disk is full.
static inline long xlsx_rows_length(lxw_worksheet *sheet) {
  FILE *rows = sheet->optimize_tmpfile;
  if (rows == NULL) return 0;
  return fflush(rows) != 0 || ferror(rows) ? -1 : ftell(rows);
}
