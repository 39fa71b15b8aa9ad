namespace TinyQuant.Model.Attributes;

/// <summary>A <c>key=value</c> word that an operator understands.</summary>
/// <param name="Key">What stands before the equals sign.</param>
/// <param name="Values">What may stand behind it.</param>
/// <param name="Missing">What holds where the word is missing; null where it must be there.</param>
internal sealed record AttributeWord(string Key, string Values, string? Missing);
