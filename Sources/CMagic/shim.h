#ifndef UNTRAIL_CMAGIC_SHIM_H
#define UNTRAIL_CMAGIC_SHIM_H
#include <magic.h>
#endif
