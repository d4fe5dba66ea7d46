#pragma once
#include <stddef.h>

/// The bytes of data/calendars/sensitive.tsv.
const void *untrail_sensitive_dates_start(void);
extern const size_t untrail_sensitive_dates_size;

/// The bytes of data/calendars/national-days.tsv.
const void *untrail_national_days_start(void);
extern const size_t untrail_national_days_size;
