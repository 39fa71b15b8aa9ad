using System.Collections.Immutable;
using System.Globalization;
using TinyQuant.Model;

namespace TinyQuant.Import;

/// <summary>
/// What an input of a file whose dimensions are open is to have, as a command or a project says it:
/// <c>input=1x96x96x3</c>.
/// </summary>
/// <param name="Name">The input, by its name in the file.</param>
/// <param name="Shape">All of its dimensions, each 1 or more.</param>
public sealed record InputShape(string Name, ImmutableArray<int> Shape)
{
    /// <summary>What such a text looks like, for messages.</summary>
    public const string Expected = "NAME=SIZExSIZE..., such as input=1x96x96x3";

    /// <summary>Reads a name and sizes; false where the text is something else.</summary>
    public static bool TryParse(string text, out InputShape? shape)
    {
        shape = null;
        int equals = text.LastIndexOf('=');
        if (equals <= 0)
        {
            return false;
        }

        string[] words = text[(equals + 1)..].Split('x');
        var sizes = ImmutableArray.CreateBuilder<int>(words.Length);
        foreach (string word in words)
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size < 1)
            {
                return false;
            }

            sizes.Add(size);
        }

        shape = sizes.Count <= ModelLimits.Dimensions
            ? new InputShape(text[..equals], sizes.MoveToImmutable())
            : null;
        return shape is not null;
    }

    /// <summary>As it is read.</summary>
    public override string ToString() => $"{Name}={string.Join("x", Shape.Select(s => Invariant($"{s}")))}";
}
