#ifndef UNTRAIL_CEXIF_SHIM_H
#define UNTRAIL_CEXIF_SHIM_H
#include <libexif/exif-data.h>
#include <libexif/exif-mem.h>
#include <libexif/exif-utils.h>
#endif
