#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Coordinate {
  /// Metres to another position on a sphere with the mean radius of the earth, 6,371,008.8 m.
  package func distance(to other: Coordinate) -> Double {
    let radians = Double.pi / 180
    let (p, q) = (latitude * radians, other.latitude * radians)
    let (u, v) = (sin((q - p) / 2), sin((other.longitude - longitude) * radians / 2))
    return 2 * 6_371_008.8 * asin(min(1, (u * u + cos(p) * cos(q) * v * v).squareRoot()))
  }
}
