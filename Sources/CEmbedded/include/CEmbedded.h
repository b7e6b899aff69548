// Text files of the repository that are compiled into the binary. The C compiler takes a file as it is, in no time; the
// arrays of bytes that SwiftPM can make of resources take the Swift compiler half a minute each.

// A name that is unique in its list, and the whole text, which ends with a zero byte.
struct EmbeddedFile {
  const char *name;
  const unsigned char *text;
};

// Each list ends with a file that has no name.
const struct EmbeddedFile *embedded_migrations(void);
const struct EmbeddedFile *embedded_views(void);
const struct EmbeddedFile *embedded_steps(void);
const struct EmbeddedFile *embedded_queries(void);
const struct EmbeddedFile *embedded_reports(void);

// Single files, as texts that end with a zero byte.
const unsigned char *embedded_digest_change(void);
const unsigned char *embedded_digest_insert(void);
const unsigned char *embedded_digest_rows(void);
const unsigned char *embedded_ordered_rows(void);
const unsigned char *embedded_tally_lines(void);
const unsigned char *embedded_tally_times(void);
const unsigned char *embedded_new_report(void);
