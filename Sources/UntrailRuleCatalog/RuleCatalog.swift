/// The rules that are built in, in the order of their ids. The build compiles them from `rules/`.
package enum RuleCatalog {}
