using System.Globalization;
using System.Text;

namespace TinyQuant.Tests;

/// <summary>
/// Names that strangers would give: each tries to be something else than text where it is printed. What is printed of
/// them has no more lines than a plain name has, and no character that cannot be seen.
/// </summary>
internal static class HostileNames
{
    /// <summary>Each of another kind.</summary>
    public static IReadOnlyList<string> Payloads { get; } =
    [
        // Lines of their own, which build servers obey or compilers' errors look like.
        "x\n##vso[task.setvariable variable=a]b", "##vso[task.complete result=Failed;]", "x ##[error]y",
        "##[add-mask]x",
        "##teamcity[buildStop]", "###vso[a]b",
        "::warning::x", "  ::error file=a.cs,line=1::x", "x\n::add-mask::y", "x\r\n::stop-commands::t",
        "::set-output name=a::b", "onnx::Conv_1", ":warning:",
        "a.cs(1,1): error CS0001: x", "x\nMSBUILD : error MSB1000: y", "x\rtinyquant: done", "x\u0085y", "x\u2028y",
        "x\u2029y", "\n", "\r\n\r\n", "x\vy\fz",
        // Terminals.
        "\u001b[2J\u001b[1;1Hx", "\u001b]0;title\u0007", "\u001b]8;;http://a\u001b\\link", "\u001b[31mred",
        "\u009b31mred", "\u009dtitle\u009c", "x\b\b\by", "x\u007f", "x\0y", "\a", "\t\t",
        // Directions, and what cannot be seen.
        "abc\u202edcba", "\u202a\u202b\u202c\u202d\u202e", "\u2066\u2067\u2068\u2069", "\u200e\u200f\u061c",
        "\u202e*/ x /*", "a\u200bb\u00adc", "\ufeffx", "\u2060\u180e", "x\udb40\udc41\udb40\udc7f",
        "\ufff9a\ufffab\ufffb",
        // No characters.
        "\ufffe", "\uffff\ufdd0", "\ud83f\udffe", "x\ud800", "\udc00x", "\udc00\ud800", "\ud800\ud800\udc00",
        // Markup and comments.
        "<script>alert(1)</script>", "\" onload=\"x", "'><img src=x>", "</title></svg>", "]]>", "<!--", "-->",
        "&lt;&#10;&bogus;", "<summary>", "</para></remarks>", "<?xml?>", "*/ int x; /*", "// x", "/* x", "??/", "\\",
        "x\\",
        // Languages.
        "\"); System.Environment.Exit(1); (\"", "\"u8, 1 => \"", "{0}{1}{", "%s%n", "#if DEBUG", "#define x",
        "#pragma warning", "@(Compile)", "$(Path)", "%(x)%0a%3b", "[red]x[/]", "[[", "[link=http://a]x", "../../x",
        "a;b,c|d", "=cmd|' /C calc'!A0", "`x`$(id)", "\\u000a\\n",
        // Names of the language and of every type.
        "nameof", "Equals", "ToString", "GetHashCode", "GetType", "MemberwiseClone", "Finalize", "ReferenceEquals",
        "Item", "BakedData", "System", "TinyQuant", "Kernels", "value", "field",
        // Text.
        "día", "日本語", "שלום", "می\u200cخواهم", "👨\u200d👩\u200d👧", "e\u0301\u0327\u0330", " ", "", new('x', 300),
        new('\n', 300),
    ];

    /// <summary>
    /// Characters from all of Unicode, those that matter more often: a few names, and as many as
    /// <c>TINYQUANT_FUZZ_NAMES</c> says where <c>scripts/fuzz-names.sh</c> runs the tests.
    /// </summary>
    public static IEnumerable<string> Random()
    {
        var random = new Random(1);
        int count = int.TryParse(Environment.GetEnvironmentVariable("TINYQUANT_FUZZ_NAMES"), out int asked)
            ? asked
            : 16;
        string often = "\n\r\t\0\u001b\u0085\u009b\u202e\u2028\u2066\u200f\ufeff\ufffe\ud800\udc00#:[]<>&\"'\\/*{}-= "
            + "ab";
        for (int i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (int length = random.Next(1, 24); length > 0; length--)
            {
                text.Append((char)(random.Next(2) == 0 ? often[random.Next(often.Length)] : random.Next(0x10000)));
            }

            yield return text.ToString();
        }
    }

    /// <summary>Without halves of characters, which no label has and no file's name can.</summary>
    public static string Whole(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));

    /// <summary>
    /// What in a text does not show as itself, by Unicode's own categories, as <c>U+202E</c>: none but the ends of
    /// lines that are allowed there. Joiners show what is beside them.
    /// </summary>
    public static IEnumerable<string> Unseen(string text, string allowed = "\n")
    {
        for (int at = 0; at < text.Length; at++)
        {
            bool isPair = char.IsSurrogatePair(text, at);
            int code = isPair ? char.ConvertToUtf32(text, at) : text[at];
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(code);
            bool isUnseen = category is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
                || (category == UnicodeCategory.Format
                    && code is not (0x200c or 0x200d or (>= 0x600 and <= 0x605) or 0x6dd or 0x70f or (>= 0x890
                        and <= 0x8e2) or 0x110bd or 0x110cd or (>= 0x13430 and <= 0x1343f)))
                || code is >= 0xfdd0 and <= 0xfdef || (code & 0xfffe) == 0xfffe;
            if (isUnseen && !(code < 0x10000 && allowed.Contains((char)code, StringComparison.Ordinal)))
            {
                yield return FormattableString.Invariant($"U+{code:X4} at {at}");
            }

            at += isPair ? 1 : 0;
        }
    }

    /// <summary>Lines that a build server would obey.</summary>
    public static IEnumerable<string> Commands(string text) => text.Split('\n')
        .Where(line =>
            line.TrimStart().StartsWith("::", StringComparison.Ordinal)
                || line.Contains("##", StringComparison.Ordinal));
}
