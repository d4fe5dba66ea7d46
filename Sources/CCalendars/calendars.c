#include "calendars.h"

static const unsigned char sensitive[] = {
#embed "../../data/calendars/sensitive.tsv"
};

static const unsigned char national[] = {
#embed "../../data/calendars/national-days.tsv"
};

const void *untrail_sensitive_dates_start(void) { return sensitive; }
const size_t untrail_sensitive_dates_size = sizeof sensitive;
const void *untrail_national_days_start(void) { return national; }
const size_t untrail_national_days_size = sizeof national;
