#pragma once
#include <stddef.h>

/// The bytes of data/geography.bin, as scripts/geography.py makes them.
const void *untrail_geography_start(void);
extern const size_t untrail_geography_size;
