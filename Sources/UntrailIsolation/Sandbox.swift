internal import CIsolation
internal import UntrailModel

/// What keeps a worker from doing anything but reading the one file that it was given.
package enum SandboxLayer: UInt8, Sendable, CaseIterable {
  /// Limits on address space, descriptors, core files; no file may grow.
  case limits
  /// No privileges, no new ones, no core, no descriptor but the channel; it ends with its parent.
  case hardening
  /// No right in the file system and on the network (Linux Landlock).
  case landlock
  /// A dozen and a half system calls; any other ends the process (Linux seccomp).
  case seccomp

  package var name: String {
    switch self {
    case .limits: "limits"
    case .hardening: "hardening"
    case .landlock: "landlock"
    case .seccomp: "seccomp"
    }
  }
}

/// The layers that a worker has entered, and why it has not entered another.
package struct SandboxLevel: Sendable, Equatable {
  package var layers: [SandboxLayer]
  /// The layer that could not be entered, and the system's error number.
  package var missing: (layer: SandboxLayer, error: Int32)?

  package init(layers: [SandboxLayer], missing: (layer: SandboxLayer, error: Int32)? = nil) {
    self.layers = layers
    self.missing = missing
  }

  package static func == (left: SandboxLevel, right: SandboxLevel) -> Bool {
    left.layers == right.layers && left.missing?.layer == right.missing?.layer
  }

  package var isComplete: Bool { layers == SandboxLayer.allCases }
}

/// What a worker may use at most.
package struct WorkerLimits: Sendable, Equatable {
  /// Bytes of address space. Swift, libmagic and a megabyte of file fit into a small part of it.
  package var addressSpace: Int
  /// Seconds of processor time in all its life; the deadline of a single file is the parent's to keep.
  package var processorSeconds = 3600
  /// Files open at once: one frame's, the channel and the standard three.
  package var descriptors = 96

  package init(addressSpace: Int = Limits().memory) { self.addressSpace = addressSpace }
}

enum Sandbox {
  /// Gives up every right, layer by layer, in the calling process, for good.
  ///
  /// - Parameter left: layers that are not entered: for the tests that show what each is good for.
  static func enter(_ limits: WorkerLimits, leavingOut left: Set<SandboxLayer> = []) -> SandboxLevel {
    var level = SandboxLevel(layers: [])
    for layer in SandboxLayer.allCases where !left.contains(layer) {
      let result =
        switch layer {
        case .limits:
          untrail_enter_limits(
            UInt64(limits.addressSpace), UInt32(limits.processorSeconds), UInt32(limits.descriptors))
        case .hardening: untrail_enter_hardening()
        case .landlock: untrail_enter_landlock()
        case .seccomp: untrail_enter_seccomp()
        }
      if result == 0 {
        level.layers.append(layer)
      } else if level.missing == nil {
        level.missing = (layer, -result)
      }
    }
    return level
  }
}
