#include "geography.h"

const unsigned char untrail_geography[] = {
#embed "../../data/geography.bin"
};
const size_t untrail_geography_size = sizeof untrail_geography;
