internal import CIsolation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Takes rights from the parent too, which opens the files and writes the reports: from then on it can change
/// nothing but what is in the folders of its reports, and open no socket.
package enum ParentGuard {
  /// Must be called before any thread is started. Lasts until the program ends, and holds for its workers.
  ///
  /// - Parameter folders: where reports are written.
  /// - Throws: where the system lacks what is needed for it.
  package static func enter(writingTo folders: [String]) throws(IsolationError) {
    var pointers = folders.map { strdup($0).map { UnsafePointer($0) } }
    defer { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
    let result = untrail_guard(&pointers, Int32(pointers.count))
    guard result == 0 else {
      throw IsolationError(
        message:
          "this system cannot guard this program against itself: \(String(cString: strerror(-result))). Use "
          + "--allow-degraded-isolation only for files that you trust")
    }
  }

  /// Tries, after `enter`, what the guard must allow and refuse.
  ///
  /// - Returns: each try with the system's word for how it ended.
  package static func attempts(inside: String, outside: String) -> [(name: String, outcome: String)] {
    func word(_ error: Int32) -> String { error == 0 ? "done" : String(cString: strerror(error)) }
    func write(_ path: String) -> Int32 {
      let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
      guard descriptor >= 0 else { return errno }
      close(descriptor)
      return 0
    }
    return [
      ("write inside", word(write(inside + "/a"))), ("write outside", word(write(outside + "/a"))),
      ("change mode", word(chmod(inside, 0o700) == 0 ? 0 : errno)),
      ("open a socket", word(untrail_try_network())),
    ]
  }
}
