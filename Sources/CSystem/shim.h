// Calls of the system that Swift's Glibc module does not show.
#ifndef UNTRAIL_CSYSTEM_SHIM_H
#define UNTRAIL_CSYSTEM_SHIM_H
#ifdef __linux__
#include <malloc.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

// A file without a name, in memory, closed on exec; -1 where there is none.
static inline int untrail_nameless_file(const char *label) {
  return (int)syscall(SYS_memfd_create, label, 1U /* MFD_CLOEXEC */);
}

// Keeps up to this many freed bytes at the top of each heap instead of giving them back at once.
static inline void untrail_keep_freed(int bytes) {
  mallopt(M_TRIM_THRESHOLD, bytes);
  mallopt(M_MMAP_THRESHOLD, bytes);
}

// Grows the calling thread's heap by this much at once. Through a volatile pointer, or the compiler leaves it out.
static inline void untrail_grow_heap(int bytes) {
  void *volatile block = malloc((size_t)bytes);
  free(block);
}
#endif
#endif
