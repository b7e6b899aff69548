// The part of libxml2 that Runtally uses: its writer, and its parser.
//
// Debian builds libxml2 with ICU, whose headers would come along and quarrel with the ICU inside
// Foundation: both name the same types. All that libxml2's headers take from ICU are two opaque
// pointers at the end of a record that libxml2 itself makes, and that we never look into.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
