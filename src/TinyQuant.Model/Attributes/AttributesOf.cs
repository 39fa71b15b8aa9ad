using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Model.Attributes;

/// <summary>
/// Makes attributes of one word each. An optional one is written where it differs from its default, a required one
/// always.
/// </summary>
/// <typeparam name="TOwner">The operators that have them.</typeparam>
internal static class AttributesOf<TOwner>
    where TOwner : class
{
    /// <summary>What is applied to the output: <c>activation</c>.</summary>
    public static OperatorAttribute<Activation> Activation(Func<TOwner, Activation> get) => new(
        o => get((TOwner)o), words => words.Activation(), _ => null, AttributeText.Of, AttributeReader.ActivationWord);

    /// <summary><c>true</c> or <c>false</c>, by default the latter.</summary>
    public static OperatorAttribute<bool> Flag(string key, Func<TOwner, bool> get) => new(
        o => get((TOwner)o), words => words.Flag(key), _ => null,
        value => value ? [AttributeText.Of(key, value)] : [],
        new AttributeWord(key, AttributeReader.Flags, "false"));

    /// <summary>A finite number.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="get">Where an operator has it.</param>
    /// <param name="missing">The default; null where it must be there.</param>
    public static OperatorAttribute<float> Float(string key, Func<TOwner, float> get, float? missing = null) => new(
        o => get((TOwner)o), words => words.Float(key, missing), value => ValueErrors.Float(key, value),
        value => value == missing ? [] : [AttributeText.Of(key, value)],
        new AttributeWord(key, ValueErrors.FiniteNumber, missing?.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>A required integer of a range.</summary>
    public static OperatorAttribute<int> Integer(string key, Func<TOwner, int> get, int min, int max) => new(
        o => get((TOwner)o), words => words.Integer(key, min, max), value => ValueErrors.Integer(key, value, min, max),
        value => [AttributeText.Of(key, value)],
        new AttributeWord(key, ValueErrors.IntegerOf(min, max), null));

    /// <summary>A required list of integers, as in <c>1,2,3</c>.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="get">Where an operator has it.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="count">How many there must be; -1 for any number, one at least.</param>
    public static OperatorAttribute<ImmutableArray<int>> Integers(
        string key, Func<TOwner, ImmutableArray<int>> get, int min, int max, int count = -1) => new(
        o => get((TOwner)o), words => words.Integers(key, null, count, min, max),
        values => ValueErrors.Integers(key, values, count, min, max),
        values => [AttributeText.Of(key, values)],
        new AttributeWord(key, ValueErrors.IntegersOf(min, max), null));
}
