#ifndef UNTRAIL_CMAGIC_SHIM_H
#define UNTRAIL_CMAGIC_SHIM_H
#include <magic.h>
#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
// A file without a name, in memory, closed on exec; -1 where there is none. Swift does not see memfd_create.
static inline int untrail_nameless_file(const char *label) {
  return (int)syscall(SYS_memfd_create, label, 1U /* MFD_CLOEXEC */);
}
#endif
#endif
