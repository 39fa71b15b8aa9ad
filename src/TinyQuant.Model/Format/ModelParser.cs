using System.Globalization;

namespace TinyQuant.Model.Format;

/// <summary>
/// Splits a file into statements with the indented lines below them, and goes on after an error, so that one pass
/// reports them all. Only a wrong first line ends it: what follows is then not this format.
/// </summary>
internal sealed class ModelParser
{
    private readonly string[] _lines;
    private readonly ErrorList _errors = new();

    public ModelParser(string text) => _lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();

    public ModelReadResult Parse()
    {
        Graph? graph = ReadFirstLine() ? ReadStatements() : null;
        ValidGraph? valid = null;
        if (graph is not null && _errors.Count == 0)
        {
            valid = GraphValidator.TryValidate(graph, out IReadOnlyList<ModelError> errors);
            foreach (ModelError error in errors.Take(ErrorList.Max))
            {
                _errors.Add(error);
            }
        }

        return new ModelReadResult(valid, _errors.ToImmutable());
    }

    private bool ReadFirstLine()
    {
        string line = _lines[0];
        string[] words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || words[0] != ModelReader.Magic)
        {
            string shown = line.Length > 40 ? line.Substring(0, 40) + "..." : line;
            string remedy = line.StartsWith("version https://git-lfs", StringComparison.Ordinal)
                ? "run 'git lfs pull' in its repository, this is a Git LFS pointer and not the model itself: "
                : "";
            _errors.Add(ModelErrorKind.Malformed, 0, 0, line.Length,
                $"{remedy}'{shown}' is not the first line of a model file; "
                + $"expected '{ModelReader.Magic} {ModelReader.Version}'");
            return false;
        }

        if (words[1] != ModelReader.Version.ToString(CultureInfo.InvariantCulture))
        {
            _errors.Add(ModelErrorKind.UnknownVersion, 0, line.LastIndexOf(words[1], StringComparison.Ordinal),
                words[1].Length,
                $"version '{words[1]}' of the model format is unknown; expected {ModelReader.Version}");
            return false;
        }

        return true;
    }

    private Graph ReadStatements()
    {
        var statements = new StatementParser(_lines, _errors);
        int next;
        for (int line = 1; line < _lines.Length && !_errors.IsFull; line = next)
        {
            next = line + 1;
            if (IsBlank(_lines[line]))
            {
                continue;
            }

            while (next < _lines.Length && IsIndented(_lines[next]))
            {
                next++;
            }

            if (IsIndented(_lines[line]))
            {
                _errors.Add(ModelErrorKind.Malformed, line, 0, _lines[line].Length,
                    "an indented line is data; expected it right below a tensor statement that ends in 'data'");
                continue;
            }

            statements.Read(line, next);
        }

        return statements.ToGraph();
    }

    internal static bool IsBlank(string line) => string.IsNullOrWhiteSpace(line);

    private static bool IsIndented(string line) => line.Length > 0 && line[0] is ' ' or '\t';
}
