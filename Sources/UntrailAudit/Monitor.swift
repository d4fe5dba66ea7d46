#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A state that threads share, with a lock and a condition to wait for its changes.
///
/// Unchecked, since the compiler cannot see that the lock guards every access.
final class Monitor<State>: @unchecked Sendable {
  private var state: State
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ state: sending State) {
    self.state = state
    pthread_mutex_init(lock, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(lock)
    changed.deallocate()
    lock.deallocate()
  }

  /// Changes or reads the state, and wakes all who wait.
  func update<Result>(_ body: (inout State) -> Result) -> Result {
    pthread_mutex_lock(lock)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(lock)
    }
    return body(&state)
  }

  /// Tries `body` now and after each change until it gives a result.
  func wait<Result>(for body: (inout State) -> Result?) -> Result {
    pthread_mutex_lock(lock)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(lock)
    }
    while true {
      if let result = body(&state) { return result }
      pthread_cond_wait(changed, lock)
    }
  }
}

/// A thread of the system: workers block in `pread`, which tasks of the language's pool must not.
struct WorkerThread {
  private let handle: pthread_t

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// - Returns: nil where the system has no thread to give.
  static func start(_ run: @escaping @Sendable () -> Void) -> WorkerThread? {
    let argument = Unmanaged.passRetained(Body(run)).toOpaque()
    #if canImport(Darwin)
      var handle: pthread_t?
      let status = pthread_create(&handle, nil, { Self.enter($0) }, argument)
      guard status == 0, let handle else {
        Unmanaged<Body>.fromOpaque(argument).release()
        return nil
      }
      return WorkerThread(handle: handle)
    #else
      var handle = pthread_t()
      guard pthread_create(&handle, nil, { Self.enter($0) }, argument) == 0 else {
        Unmanaged<Body>.fromOpaque(argument).release()
        return nil
      }
      return WorkerThread(handle: handle)
    #endif
  }

  private static func enter(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
    return nil
  }

  func join() { pthread_join(handle, nil) }
}
