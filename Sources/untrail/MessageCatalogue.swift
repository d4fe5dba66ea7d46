import UntrailGeo
import UntrailModel
import UntrailReports
import UntrailRuleCatalog

extension Messages {
  /// The words of a language that come with the program.
  static func of(_ language: Language) -> Messages {
    Messages(
      language, catalogue: RuleCatalog.catalogue(language.name),
      places: PlaceNames(
        country: { Geography.shared.countryName($0, language: language.name) },
        town: { name, country in
          Geography.shared.towns(named: name).first { $0.country == country }?.names[language.name]
        }))
  }
}
