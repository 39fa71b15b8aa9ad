using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Import;

/// <summary>
/// What an input is that becomes a constant of the model, as a command or a project says it: <c>rate=16000</c>, or
/// <c>sizes=1,2,3</c>.
/// </summary>
/// <param name="Name">The input, by its name in the file.</param>
/// <param name="Values">Its elements in row-major order, or one for all of them; 1 and 0 for truths.</param>
public sealed record InputConstant(string Name, ImmutableArray<double> Values)
{
    /// <summary>What such a text looks like, for messages.</summary>
    public const string Expected = "NAME=NUMBER or NAME=NUMBER,NUMBER..., such as rate=16000";

    /// <summary>Its dimensions, where they are not those that the file says.</summary>
    public ImmutableArray<int>? Shape { get; init; }

    /// <summary>Reads a name and numbers; false where the text is something else.</summary>
    public static bool TryParse(string text, out InputConstant? constant)
    {
        constant = null;
        int equals = text.LastIndexOf('=');
        if (equals <= 0)
        {
            return false;
        }

        string[] words = text[(equals + 1)..].Split(',');
        var values = ImmutableArray.CreateBuilder<double>(words.Length);
        foreach (string word in words)
        {
            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                return false;
            }

            values.Add(value);
        }

        constant = new InputConstant(text[..equals], values.MoveToImmutable());
        return true;
    }

    /// <summary>As it is read.</summary>
    public override string ToString() => $"{Name}={string.Join(",", Values.Select(v => Invariant($"{v}")))}";
}
