internal import CExif

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The memory that libexif may use for one file: a fixed block, given back as a whole.
///
/// Four times faster than the system's allocator, and a block full of empty tags cannot grow beyond it: an
/// allocation that does not fit fails, which libexif takes as the end of what it can load.
///
/// libexif's allocator has no argument of its own, so that the arena is found through a thread-specific key.
final class ExifArena {
  private static let capacity = 1 << 20
  /// Bytes before each allocation that hold its size; a multiple of the alignment.
  private static let headSize = 16

  private let base: UnsafeMutableRawPointer
  private var used = 0

  /// The key under which a thread finds the arena that it is using.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  init() { base = .allocate(byteCount: Self.capacity, alignment: 16) }

  deinit { base.deallocate() }

  /// Makes this the arena of the calling thread's libexif calls in `body`.
  func use<Result>(_ body: (OpaquePointer) -> Result?) -> Result? {
    used = 0
    pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    defer { pthread_setspecific(Self.key, nil) }
    guard
      let memory = exif_mem_new(
        { ExifArena.current?.allocate(Int($0)) }, { ExifArena.current?.reallocate($0, Int($1)) }, { _ in })
    else { return nil }
    return body(memory)
  }

  private static var current: ExifArena? {
    guard let pointer = pthread_getspecific(key) else { return nil }
    return Unmanaged<ExifArena>.fromOpaque(pointer).takeUnretainedValue()
  }

  private func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    let room = Self.room(size)
    guard used + room <= Self.capacity else { return nil }
    let block = base + used
    used += room
    block.storeBytes(of: size, as: Int.self)
    memset(block + Self.headSize, 0, size)
    return block + Self.headSize
  }

  private func reallocate(_ pointer: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
    guard let pointer else { return allocate(size) }
    let block = pointer - Self.headSize
    let oldSize = block.load(as: Int.self)
    let grown = Self.room(size) - Self.room(oldSize)
    let isLast = block + Self.room(oldSize) == base + used
    if grown <= 0 || isLast && used + grown <= Self.capacity {
      if isLast { used += grown }
      block.storeBytes(of: size, as: Int.self)
      return pointer
    }
    guard let copy = allocate(size) else { return nil }
    memcpy(copy, pointer, min(oldSize, size))
    return copy
  }

  private static func room(_ size: Int) -> Int { headSize + (max(size, 0) + 15) & ~15 }
}
