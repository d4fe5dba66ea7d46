// What Swift cannot call by itself: passing descriptors, starting a process, and giving up rights.
// Every function returns 0 or a count, or a negated error number.
#ifndef UNTRAIL_ISOLATION_H
#define UNTRAIL_ISOLATION_H
#include <stddef.h>
#include <stdint.h>

// The descriptor on which a worker finds its channel.
#define UNTRAIL_CHANNEL 3
// The most descriptors in one message.
#define UNTRAIL_MAX_DESCRIPTORS 64

// A connected pair of stream sockets, closed on exec.
int untrail_channel_pair(int pair[2]);
// Sends bytes and descriptors in one message.
long untrail_send(int channel, const void *bytes, size_t count, const int *descriptors, int descriptor_count);
// Receives bytes and at most UNTRAIL_MAX_DESCRIPTORS descriptors; further ones are closed.
long untrail_receive(int channel, void *bytes, size_t count, int *descriptors, int *descriptor_count);

// Starts a program with the given arguments, exactly the given environment, /dev/null as standard input, output and
// error, `channel` as descriptor UNTRAIL_CHANNEL, default signal handling and a process group of its own.
int untrail_spawn(const char *path, char *const arguments[], char *const environment[], int channel);
// Waits for a process to end: the signal that ended it, or 0 and its exit status.
int untrail_wait(int process, int *signal_number, int *exit_status);

// The layers, in the order in which they must be entered.
int untrail_enter_limits(uint64_t address_space, unsigned processor_seconds, unsigned descriptors);
int untrail_enter_hardening(void);
int untrail_enter_landlock(void);
int untrail_enter_seccomp(void);

// Takes from the whole program, for good, every right to change files outside the given folders, and every socket but
// local pairs. For the process that starts the workers.
int untrail_guard(const char *const folders[], int folder_count);

// The error number of trying to open a network socket; 0 where that works. For trying the guard.
int untrail_try_network(void);

// How many probes there are, what each is called, and trying one: what a taken-over parser would do.
// 0 or more where it succeeded.
int untrail_probe_count(void);
const char *untrail_probe_name(int number);
long untrail_probe(int number);

// Ends the process at once, running nothing.
void untrail_exit(int status) __attribute__((noreturn));
#endif
