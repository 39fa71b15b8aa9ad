using System.Globalization;
using TinyQuant.Model;

namespace TinyQuant.Training.Layers;

/// <summary>The words of one layer's description, read from the front.</summary>
internal sealed class LayerWords(string text, int number)
{
    private const int MaxNumber = 1 << 16;

    private readonly string[] _words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    private int _at;

    /// <summary>The next word.</summary>
    /// <param name="expected">What it should be, for the error where there is none.</param>
    public string Next(string expected) => _at < _words.Length ? _words[_at++] : throw Error($"expected {expected}");

    /// <summary>Reads the next word where it is that one.</summary>
    public bool Take(string word)
    {
        bool isThere = _at < _words.Length && _words[_at] == word;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    public int Integer(string what)
    {
        string word = Next(what);
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value is > 0 and <= MaxNumber
            ? value
            : throw Error($"'{word}' is not {what}; expected an integer from 1 to {MaxNumber}");
    }

    public double Fraction(string what)
    {
        string word = Next(what);
        return double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value < 1
            ? value
            : throw Error($"'{word}' is not {what}; expected a number from 0 to below 1");
    }

    /// <summary>A size, 3x3 or for a pool also 2, and what may follow it. A pool moves by its size.</summary>
    public Window Window(bool isPool)
    {
        (int height, int width) = Size(isPool);
        (int down, int across) = isPool ? (height, width) : (1, 1);
        Padding padding = isPool ? Padding.Valid : Padding.Same;
        for (; ; )
        {
            if (Take("stride"))
            {
                down = across = Integer("the stride");
            }
            else if (Take("valid"))
            {
                padding = Padding.Valid;
            }
            else if (Take("same"))
            {
                padding = Padding.Same;
            }
            else
            {
                return new Window(height, width, down, padding) { StrideWidth = across };
            }
        }
    }

    public void RequireEnd()
    {
        if (_at < _words.Length)
        {
            throw Error($"'{_words[_at]}' was not expected there");
        }
    }

    public FormatException Error(string message) =>
        new(Invariant($"Layer {number}, '{text.Trim()}': {message.TrimEnd('.')}."));

    private (int Height, int Width) Size(bool isPool)
    {
        string word = Next("the size of the window, such as 3x3");
        string[] sides = word.Split('x');
        int[] sizes = [
            .. sides.Select(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out int v) ? v : 0)];
        bool isRight = sizes.Length == 2 || (isPool && sizes.Length == 1);
        return isRight && sizes.All(s => s is > 0 and <= MaxNumber)
            ? (sizes[0], sizes[^1])
            : throw Error(
                $"'{word}' is not the size of a window; expected {(isPool ? "2 or 2x2" : "3x3")} or the like");
    }
}
