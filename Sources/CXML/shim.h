// Some systems build libxml2 with ICU, whose headers do not go together with those of Swift's own ICU. Nothing here needs
// the one structure whose shape that changes (xmlCharEncodingHandler).
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
