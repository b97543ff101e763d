// TypeScript's types as JSON Schema (2020-12), as far as the contracts use them: facts, no classes, no functions.
import ts from 'typescript';

/** @typedef {Record<string, unknown>} Schema */

export class JsonSchema {
  /** What has a name of its own, by that name. @type {Record<string, Schema>} */
  named = {};

  /** @param {ts.TypeChecker} checker */
  constructor(checker) {
    this.checker = checker;
  }

  /**
   * @param {ts.Type} type
   * @param {boolean} [whole] written out here, although it has a name
   * @returns {Schema} a type's schema; one with a name becomes a reference to `named`
   */
  of(type, whole = false) {
    const name = whole ? undefined : this.nameOf(type);
    if (name === undefined) return this.written(type);
    if (!(name in this.named)) {
      this.named[name] = {}; // it may mention itself
      this.named[name] = { ...this.described(type.aliasSymbol ?? type.symbol), ...this.written(type) };
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** @param {ts.Symbol | undefined} symbol @returns {Schema} its docstring */
  described(symbol) {
    const text = symbol ? ts.displayPartsToString(symbol.getDocumentationComment(this.checker)).replaceAll('\n', ' ') : '';
    return text === '' ? {} : { description: text };
  }

  /** @param {ts.Type} type @returns {string | undefined} the name under which it is kept, if it has one */
  nameOf(type) {
    if (type.aliasSymbol && !type.aliasTypeArguments?.length && !(type.flags & ts.TypeFlags.StringLike)) return type.aliasSymbol.name;
    const { symbol } = type;
    const isInterface = symbol && symbol.flags & ts.SymbolFlags.Interface && !this.checker.isArrayType(type);
    return isInterface && !/** @type {ts.TypeReference} */ (type).typeArguments?.length ? symbol.name : undefined;
  }

  /** @param {ts.Type} type @returns {Schema} */
  written(type) {
    const { flags } = type;
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: this.checker.typeToString(type) === 'true' };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.isUnion()) return this.union(type.types.filter((each) => !(each.flags & ts.TypeFlags.Undefined)));
    if (this.checker.isTupleType(type)) return { type: 'array', prefixItems: this.argumentsOf(type).map((each) => this.of(each)) };
    if (this.checker.isArrayType(type)) return { type: 'array', items: this.of(this.argumentsOf(type)[0]) };
    if (flags & ts.TypeFlags.Object || type.isIntersection()) return this.object(type);
    return {}; // unknown
  }

  /** @param {ts.Type} type @returns {readonly ts.Type[]} */
  argumentsOf(type) {
    return this.checker.getTypeArguments(/** @type {ts.TypeReference} */ (type));
  }

  /** @param {ts.Type[]} types @returns {Schema} */
  union(types) {
    const literals = types.map((type) => this.written(type).const);
    if (types.length > 1 && types.every((type) => type.flags & ts.TypeFlags.BooleanLiteral)) return { type: 'boolean' };
    if (literals.every((value) => value !== undefined)) return { enum: literals };
    const booleans = types.filter((type) => type.flags & ts.TypeFlags.BooleanLiteral);
    const rest = types.filter((type) => !booleans.includes(type));
    const parts = [...rest.map((type) => this.of(type)), ...(booleans.length > 0 ? [this.union(booleans)] : [])];
    return parts.length === 1 ? parts[0] : { anyOf: parts };
  }

  /** @param {ts.Type} type @returns {Schema} */
  object(type) {
    const properties = type.getProperties();
    const index = type.getStringIndexType();
    const fields = properties.map((property) => {
      const schema = this.of(this.checker.getTypeOfSymbol(property));
      return /** @type {const} */ ([property.name, { ...this.described(property), ...schema }]);
    });
    const required = properties.filter((property) => !(property.flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
    return {
      type: 'object',
      ...(fields.length > 0 && { properties: Object.fromEntries(fields) }),
      ...(required.length > 0 && { required }),
      additionalProperties: index ? this.of(index) : false,
    };
  }
}
