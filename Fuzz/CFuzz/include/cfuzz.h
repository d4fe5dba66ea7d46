// libFuzzer's driver, which finds no `main` of its own in a Swift program.
#ifndef UNTRAIL_CFUZZ_H
#define UNTRAIL_CFUZZ_H
#include <stddef.h>
#include <stdint.h>
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
#endif
