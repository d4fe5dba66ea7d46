#define _GNU_SOURCE
#include "isolation.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif
#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0
#endif

union control {
  char bytes[CMSG_SPACE(sizeof(int) * UNTRAIL_MAX_DESCRIPTORS)];
  struct cmsghdr head;
};

int untrail_channel_pair(int pair[2]) {
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) return -errno;
  fcntl(pair[0], F_SETFD, FD_CLOEXEC);
  fcntl(pair[1], F_SETFD, FD_CLOEXEC);
  return 0;
}

long untrail_send(int channel, const void *bytes, size_t count, const int *descriptors, int descriptor_count) {
  struct iovec vector = {(void *)bytes, count};
  union control control;
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
  if (descriptor_count < 0 || descriptor_count > UNTRAIL_MAX_DESCRIPTORS) return -EINVAL;
  if (descriptor_count > 0) {
    size_t size = sizeof(int) * (size_t)descriptor_count;
    memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE(size);
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(head), descriptors, size);
  }
  ssize_t sent;
  do sent = sendmsg(channel, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? -errno : sent;
}

long untrail_receive(int channel, void *bytes, size_t count, int *descriptors, int *descriptor_count) {
  struct iovec vector = {bytes, count};
  union control control;
  struct msghdr message = {
      .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  ssize_t received;
  do received = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
  while (received < 0 && errno == EINTR);
  *descriptor_count = 0;
  if (received < 0) return -errno;
  for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
    if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
    size_t found = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t index = 0; index < found; index++) {
      int descriptor;
      memcpy(&descriptor, CMSG_DATA(head) + index * sizeof(int), sizeof descriptor);
      if (*descriptor_count < UNTRAIL_MAX_DESCRIPTORS)
        descriptors[(*descriptor_count)++] = descriptor;
      else
        close(descriptor);
    }
  }
  return received;
}

int untrail_spawn(const char *path, char *const arguments[], char *const environment[], int channel) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t every, none;
  pid_t process;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, channel, UNTRAIL_CHANNEL);
  sigfillset(&every);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(&attributes, &every);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  int error = posix_spawn(&process, path, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error ? -error : process;
}

int untrail_wait(int process, int *signal_number, int *exit_status) {
  int status;
  pid_t ended;
  do ended = waitpid(process, &status, 0);
  while (ended < 0 && errno == EINTR);
  if (ended < 0) return -errno;
  *signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  *exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  return 0;
}

int untrail_enter_limits(uint64_t address_space, unsigned processor_seconds, unsigned descriptors) {
  struct rlimit none = {0, 0}, space = {address_space, address_space};
  struct rlimit time = {processor_seconds, processor_seconds}, files = {descriptors, descriptors};
  if (setrlimit(RLIMIT_CORE, &none)) return -errno;
  if (setrlimit(RLIMIT_FSIZE, &none)) return -errno;
  if (setrlimit(RLIMIT_AS, &space)) return -errno;
  if (processor_seconds && setrlimit(RLIMIT_CPU, &time)) return -errno;
  if (setrlimit(RLIMIT_NOFILE, &files)) return -errno;
  return 0;
}

int untrail_try_network(void) {
  int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  if (descriptor < 0) return errno;
  close(descriptor);
  return 0;
}

void untrail_exit(int status) { _exit(status); }
