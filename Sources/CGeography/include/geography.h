#pragma once
#include <stddef.h>

/// The bytes of data/geography.bin, as scripts/geography.py makes them.
extern const unsigned char untrail_geography[];
extern const size_t untrail_geography_size;
