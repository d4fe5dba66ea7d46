// The layers of Linux: hardening, Landlock, seccomp; and the probes that try to get past them.
// Sources: capabilities(7), landlock(7), seccomp(2), prctl(2), and the kernel's headers.
#define _GNU_SOURCE
#include "isolation.h"

#include <errno.h>

#ifdef __linux__
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

int untrail_enter_hardening(void) {
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct empty[2];
  memset(empty, 0, sizeof empty);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -errno;
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)) return -errno;
  // The parent may have ended before that was set.
  if (getppid() == 1) return -ESRCH;
  if (syscall(SYS_capset, &head, empty)) return -errno;
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)) return -errno;
  if (syscall(SYS_close_range, UNTRAIL_CHANNEL + 1U, ~0U, 0U)) return -errno;
  return 0;
}

int untrail_enter_landlock(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return version < 0 ? -errno : -ENOSYS;
  // Every right of the file system that this version knows, every TCP right, every scope: none is granted.
  struct {
    uint64_t file_system, network, scopes;
  } handled = {0x1fff, 0, 0};
  if (version >= 2) handled.file_system = 0x3fff;
  if (version >= 3) handled.file_system = 0x7fff;
  if (version >= 5) handled.file_system = 0xffff;
  if (version >= 4) handled.network = 3;
  if (version >= 6) handled.scopes = 3;
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
  if (rules < 0) return -errno;
  long result = syscall(SYS_landlock_restrict_self, rules, 0);
  int error = errno;
  close(rules);
  return result ? -error : 0;
}

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "no list of system calls for this architecture"
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define ALLOW(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), RETURN(SECCOMP_RET_ALLOW)
#define REFUSE(call, error) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), RETURN(SECCOMP_RET_ERRNO | (error))
// Allows a call whose argument has the given value; any other value kills.
#define ALLOW_ONLY(call, argument, value)                                                           \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 4), LOAD(args[argument]),                           \
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), RETURN(SECCOMP_RET_ALLOW),                 \
      RETURN(SECCOMP_RET_KILL_PROCESS)

int untrail_enter_seccomp(void) {
  struct sock_filter filter[] = {
      LOAD(arch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      LOAD(nr),
#ifdef __x86_64__
      // The x32 calls share the architecture.
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
      RETURN(SECCOMP_RET_KILL_PROCESS),
#endif
      // The file, by the descriptor that came, and the channel.
      ALLOW(SYS_pread64),
      ALLOW(SYS_close),
      ALLOW(SYS_recvmsg),
      // Writing: to the channel, and to standard error, which is /dev/null and where the run time says why it ends.
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 0, 5),
      LOAD(args[0]),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 2, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, UNTRAIL_CHANNEL, 0, 1),
      RETURN(SECCOMP_RET_ALLOW),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      // Memory, never executable.
      LOAD(nr),
      ALLOW(SYS_brk),
      ALLOW(SYS_munmap),
      ALLOW(SYS_mremap),
      ALLOW(SYS_madvise),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 4),
      LOAD(args[2]),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0),
      RETURN(SECCOMP_RET_ALLOW),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      // The run time: locks, seeds, ending, and aborting itself.
      LOAD(nr),
      ALLOW(SYS_futex),
      ALLOW(SYS_getrandom),
      ALLOW(SYS_clock_gettime),
      ALLOW(SYS_rt_sigreturn),
      ALLOW(SYS_rt_sigprocmask),
      ALLOW(SYS_exit_group),
      ALLOW(SYS_gettid),
      ALLOW(SYS_getpid),
      ALLOW_ONLY(SYS_tgkill, 0, (uint32_t)getpid()),
      // What the C library tries and can do without.
      LOAD(nr),
      REFUSE(SYS_openat, EACCES),
      REFUSE(SYS_newfstatat, EACCES),
      REFUSE(SYS_readlinkat, EACCES),
#ifdef SYS_readlink
      REFUSE(SYS_readlink, EACCES),
#endif
      REFUSE(SYS_ioctl, ENOTTY),
      REFUSE(SYS_sysinfo, EPERM),
      RETURN(SECCOMP_RET_KILL_PROCESS),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -errno;
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program)) return -errno;
  return 0;
}

#define WRITING                                                                                      \
  (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |  \
   LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |        \
   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |     \
   LANDLOCK_ACCESS_FS_MAKE_SYM)

static int grant(int rules, const char *path, uint64_t rights) {
  struct landlock_path_beneath_attr rule = {.allowed_access = rights};
  rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0) return -errno;
  long result = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  int error = errno;
  close(rule.parent_fd);
  return result ? -error : 0;
}

static int guard_files(const char *const folders[], int folder_count) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return version < 0 ? -errno : -ENOSYS;
  // From version 2 on moving between folders, from 3 on cutting a file short can be refused too.
  struct landlock_ruleset_attr handled = {.handled_access_fs = WRITING};
  if (version >= 2) handled.handled_access_fs |= 1 << 13;
  if (version >= 3) handled.handled_access_fs |= 1 << 14;
  int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled.handled_access_fs, 0);
  if (rules < 0) return -errno;
  // Workers get it as standard output.
  int result = grant(rules, "/dev/null", LANDLOCK_ACCESS_FS_WRITE_FILE);
  for (int index = 0; index < folder_count && result == 0; index++)
    result = grant(rules, folders[index], handled.handled_access_fs);
  if (result == 0 && syscall(SYS_landlock_restrict_self, rules, 0)) result = -errno;
  close(rules);
  return result;
}

int untrail_guard(const char *const folders[], int folder_count) {
  struct sock_filter filter[] = {
      LOAD(arch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      LOAD(nr),
#ifdef __x86_64__
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      REFUSE(SYS_chmod, EPERM),
      REFUSE(SYS_chown, EPERM),
      REFUSE(SYS_lchown, EPERM),
      REFUSE(SYS_utime, EPERM),
      REFUSE(SYS_utimes, EPERM),
      REFUSE(SYS_futimesat, EPERM),
#endif
      // What Landlock does not cover of changing a file.
      REFUSE(SYS_fchmod, EPERM),
      REFUSE(SYS_fchmodat, EPERM),
      REFUSE(452 /* fchmodat2 */, EPERM),
      REFUSE(SYS_fchown, EPERM),
      REFUSE(SYS_fchownat, EPERM),
      REFUSE(SYS_utimensat, EPERM),
      REFUSE(SYS_setxattr, EPERM),
      REFUSE(SYS_lsetxattr, EPERM),
      REFUSE(SYS_fsetxattr, EPERM),
      REFUSE(463 /* setxattrat */, EPERM),
      REFUSE(SYS_removexattr, EPERM),
      REFUSE(SYS_lremovexattr, EPERM),
      REFUSE(SYS_fremovexattr, EPERM),
      REFUSE(466 /* removexattrat */, EPERM),
      // The network: no socket can be made; socketpair, which is local, can.
      REFUSE(SYS_socket, EPERM),
      REFUSE(SYS_connect, EPERM),
      REFUSE(SYS_bind, EPERM),
      REFUSE(SYS_listen, EPERM),
      // Ways around.
      REFUSE(SYS_io_uring_setup, EPERM),
      REFUSE(SYS_ptrace, EPERM),
      REFUSE(SYS_process_vm_readv, EPERM),
      REFUSE(SYS_process_vm_writev, EPERM),
      REFUSE(SYS_bpf, EPERM),
      REFUSE(SYS_userfaultfd, EPERM),
      REFUSE(SYS_mount, EPERM),
      RETURN(SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return -errno;
  int result = guard_files(folders, folder_count);
  if (result) return result;
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program)) return -errno;
  return 0;
}

// The file that a probe is given; the first descriptor behind the channel.
#define EVIDENCE (UNTRAIL_CHANNEL + 1)

static long probe_read_file(void) { return open("/etc/passwd", O_RDONLY); }
static long probe_write_file(void) { return open("/tmp/untrail-probe", O_WRONLY | O_CREAT, 0600); }
static long probe_tcp(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static long probe_udp(void) { return socket(AF_INET6, SOCK_DGRAM, 0); }
static long probe_unix_socket(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }
static long probe_execute(void) {
  char *arguments[] = {"/bin/true", NULL};
  return execve(arguments[0], arguments, arguments + 1);
}
static long probe_fork(void) {
  long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  return child;
}
static long probe_signal_parent(void) { return kill(getppid(), 0); }
static long probe_trace_parent(void) { return syscall(SYS_ptrace, 16 /* attach */, getppid(), 0, 0); }
static long probe_change_mode(void) { return fchmod(EVIDENCE, 0600); }
static long probe_change_times(void) {
  struct timespec times[2] = {{0, 0}, {0, 0}};
  return futimens(EVIDENCE, times);
}
static long probe_set_attribute(void) { return fsetxattr(EVIDENCE, "user.untrail", "x", 1, 0); }
static long probe_change_owner(void) { return fchown(EVIDENCE, 1, 1); }
static long probe_executable_memory(void) {
  void *page =
      mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? -1 : 0;
}
static long probe_ring(void) {
  long result = syscall(SYS_io_uring_setup, 8, 0);
  return result < 0 && errno == EFAULT ? 0 : result;
}
static long probe_memory_file(void) { return syscall(SYS_memfd_create, "x", 0); }
static long probe_file_status(void) {
  struct stat status;
  return stat("/etc/passwd", &status);
}
static long probe_reopen_for_writing(void) { return open("/proc/self/fd/4", O_RDWR); }
static long probe_read_parent_memory(void) {
  return syscall(SYS_process_vm_readv, getppid(), 0, 0, 0, 0, 0);
}
static long probe_read_environment(void) { return open("/proc/self/environ", O_RDONLY); }
static long probe_enter_namespace(void) {
  long result = syscall(SYS_unshare, 0x10000000 /* user namespace */);
  return result;
}
static long probe_user_faults(void) { return syscall(SYS_userfaultfd, 0); }
static long probe_kernel_program(void) {
  long result = syscall(SYS_bpf, 0, 0, 0);
  return result < 0 && (errno == EFAULT || errno == EINVAL) ? 0 : result;
}
static long probe_symbolic_link(void) { return symlink("/etc", "/tmp/untrail-probe-link"); }
static long probe_write_elsewhere(void) { return write(1, "x", 1); }
static long probe_thread(void) {
  long result = syscall(SYS_clone3, 0, 0);
  return result < 0 && (errno == EINVAL || errno == EFAULT) ? 0 : result;
}

static const struct {
  const char *name;
  long (*run)(void);
} probes[] = {
    {"read another file", probe_read_file},
    {"write a file", probe_write_file},
    {"open a TCP socket", probe_tcp},
    {"open a UDP socket", probe_udp},
    {"open a local socket", probe_unix_socket},
    {"run a program", probe_execute},
    {"make a process", probe_fork},
    {"make a thread", probe_thread},
    {"signal the parent", probe_signal_parent},
    {"trace the parent", probe_trace_parent},
    {"read the parent's memory", probe_read_parent_memory},
    {"change the file's mode", probe_change_mode},
    {"change the file's times", probe_change_times},
    {"change the file's owner", probe_change_owner},
    {"set an attribute of the file", probe_set_attribute},
    {"open the file again for writing", probe_reopen_for_writing},
    {"look at another file's status", probe_file_status},
    {"read the environment", probe_read_environment},
    {"make memory executable", probe_executable_memory},
    {"make a file in memory", probe_memory_file},
    {"set up an I/O ring", probe_ring},
    {"enter a namespace", probe_enter_namespace},
    {"handle page faults", probe_user_faults},
    {"load a kernel program", probe_kernel_program},
    {"make a symbolic link", probe_symbolic_link},
    {"write to another descriptor", probe_write_elsewhere},
};

int untrail_probe_count(void) { return (int)(sizeof probes / sizeof *probes); }
const char *untrail_probe_name(int number) {
  return number >= 0 && number < untrail_probe_count() ? probes[number].name : "";
}
long untrail_probe(int number) {
  return number >= 0 && number < untrail_probe_count() ? probes[number].run() : -1;
}

#else

int untrail_enter_hardening(void) { return 0; }
int untrail_enter_landlock(void) { return -ENOSYS; }
int untrail_enter_seccomp(void) { return -ENOSYS; }
int untrail_guard(const char *const folders[], int folder_count) {
  (void)folders;
  (void)folder_count;
  return -ENOSYS;
}
int untrail_probe_count(void) { return 0; }
const char *untrail_probe_name(int number) {
  (void)number;
  return "";
}
long untrail_probe(int number) {
  (void)number;
  return -1;
}

#endif
