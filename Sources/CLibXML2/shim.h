#include <libxml/xmlwriter.h>
#include <libxml/parser.h>
