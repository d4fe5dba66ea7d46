import CFuzz

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Fuzzes the target that the environment variable `UNTRAIL_FUZZ_TARGET` names.
///
/// With `UNTRAIL_FUZZ_LIST` set, prints the names of all targets instead: `scripts/fuzz` takes them from there, so that
/// no reader is left out. With `UNTRAIL_FUZZ_ENCODE=FOLDER`, writes what a worker would answer for each file of the
/// command line into that folder: seeds for the target `wire`.
@main
struct Main {
  // libFuzzer's callback has no context.
  nonisolated(unsafe) private static var target: Target?

  static func main() {
    if getenv("UNTRAIL_FUZZ_LIST") != nil {
      for name in Target.names { print(name) }
      return
    }
    if let folder = getenv("UNTRAIL_FUZZ_ENCODE") {
      Seeds.write(CommandLine.arguments.dropFirst(), to: String(cString: folder))
      return
    }
    target = chosenTarget()
    guard target != nil else {
      print("UNTRAIL_FUZZ_TARGET must be one of: " + Target.names.joined(separator: " "))
      exit(2)
    }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        Main.target?.run(UnsafeRawBufferPointer(start: data, count: size))
        return 0
      })
  }

  /// A function of its own, so that nothing it needed is still held, and taken for a leak, when the fuzzer ends.
  private static func chosenTarget() -> Target? {
    getenv("UNTRAIL_FUZZ_TARGET").flatMap { Target(String(cString: $0)) }
  }
}
