#include "geography.h"

static const unsigned char bytes[] = {
#embed "../../data/geography.bin"
};

const void *untrail_geography_start(void) { return bytes; }
const size_t untrail_geography_size = sizeof bytes;
