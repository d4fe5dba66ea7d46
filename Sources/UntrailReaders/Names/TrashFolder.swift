/// Folders in which deleted files, and copies of files, stay.
package enum TrashFolder {
  package enum Kind: Sendable {
    /// What lies in it was deleted.
    case deleted
    /// Small copies of pictures, which stay when the picture goes.
    case thumbnails
    /// Pictures as they were before they were changed.
    case originals

    package var field: String {
      switch self {
      case .deleted: "Folder:Trash"
      case .thumbnails: "Folder:Thumbnails"
      case .originals: "Folder:Originals"
      }
    }
  }

  /// What the names of a path's folders say of the files below; the innermost that says something decides.
  ///
  /// - Parameter path: of the folder.
  package static func kind(of path: ArraySlice<UInt8>) -> Kind? {
    for name in path.split(separator: UInt8(ascii: "/")).reversed() {
      // The longest name in the table has 44 bytes.
      guard name.count <= 48, let first = name.first, isStart[Int(first)] else { continue }
      if let kind = kinds[String(decoding: name, as: UTF8.self).lowercased()] { return kind }
      if name.starts(with: ".Trash-".utf8) { return .deleted }
    }
    return nil
  }

  private static let kinds: [String: Kind] = {
    var kinds: [String: Kind] = [:]
    for name in deleted { kinds[name] = .deleted }
    for name in ["@eadir", ".thumbnails", ".thumb", ".thumbs", ".picasathumbs", ".comments"] {
      kinds[name] = .thumbnails
    }
    kinds[".picasaoriginals"] = .originals
    return kinds
  }()

  /// In small letters.
  private static let deleted = [
    ".trash", ".trashes", "trash", "$recycle.bin", "recycler", "recycled", "#recycle", "@recycle",
    ".recycle", ".globaltrash", ".recyclebin", "recyclebin", "deleted items",
    // Photos and Google's, in the languages of their exports.
    "recently deleted", "zuletzt gelöscht", "supprimés récemment", "suppressions récentes",
    "eliminado recientemente", "eliminados recientemente", "eliminados", "eliminati di recente",
    "eliminados recentemente", "apagados recentemente", "apagados", "recent verwijderd",
    "onlangs verwijderd", "недавно удаленные", "недавно удалённые", "нещодавно видалені",
    "ostatnio usunięte", "son silinenler", "最近删除", "最近刪除", "最近削除した項目", "최근 삭제된 항목",
    "المحذوفة مؤخرًا", "المحذوفة حديثًا", "recently_deleted", "recentlydeleted", "papierkorb", "corbeille",
    "papelera", "cestino", "lixeira", "prullenbak", "корзина", "kosz", "çöp kutusu", "回收站", "ゴミ箱", "휴지통",
  ]

  /// Whether some name starts with this byte, in either case.
  private static let isStart: [Bool] = {
    var isStart = [Bool](repeating: false, count: 256)
    for name in kinds.keys {
      for spelling in [name, name.uppercased()] {
        if let first = spelling.utf8.first { isStart[Int(first)] = true }
      }
    }
    return isStart
  }()
}
