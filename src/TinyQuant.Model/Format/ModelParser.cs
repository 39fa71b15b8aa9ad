using System.Collections.Immutable;
using System.Globalization;

namespace TinyQuant.Model.Format;

/// <summary>
/// Reads statement by statement and goes on after an error, so that one pass reports them all. Only a wrong first
/// line ends it: what follows is then not this format.
/// </summary>
internal sealed class ModelParser
{
    private readonly string[] _lines;
    private readonly List<ModelError> _errors = [];
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Tensor>.Builder _order = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Tensor>.Builder _inputs = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Tensor>.Builder _outputs = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Operator>.Builder _operators = ImmutableArray.CreateBuilder<Operator>();
    private readonly ImmutableArray<string>.Builder _notes = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<Metric>.Builder _metrics = ImmutableArray.CreateBuilder<Metric>();
    private string _name = "model";
    private Rounding _rounding;
    private ImmutableArray<string> _labels = ImmutableArray<string>.Empty;
    private int _at;

    public ModelParser(string text) => _lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();

    public ModelReadResult Parse()
    {
        if (!ReadFirstLine())
        {
            return new ModelReadResult(null, _errors.ToImmutableArray());
        }
        for (_at = 1; _at < _lines.Length; _at++)
        {
            if (_lines[_at].Trim().Length > 0)
            {
                ReadStatement(_lines[_at]);
            }
        }
        var graph = new Graph
        {
            Name = _name,
            Notes = _notes.ToImmutable(),
            Metrics = _metrics.ToImmutable(),
            Rounding = _rounding,
            Labels = _labels,
            Tensors = _order.ToImmutable(),
            Inputs = _inputs.ToImmutable(),
            Outputs = _outputs.ToImmutable(),
            Operators = _operators.ToImmutable(),
        };
        if (_errors.Count == 0)
        {
            _errors.AddRange(GraphValidator.Validate(graph));
        }
        return new ModelReadResult(_errors.Count == 0 ? graph : null, _errors.ToImmutableArray());
    }

    private bool ReadFirstLine()
    {
        string line = _lines[0];
        string[] words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || words[0] != ModelReader.Magic)
        {
            string shown = line.Length > 40 ? line.Substring(0, 40) + "..." : line;
            Add(ModelErrorKind.Malformed, 0, 0, line.Length, $"'{shown}' is not the first line of a model file; "
                + $"expected '{ModelReader.Magic} {ModelReader.Version}'");
            return false;
        }
        if (words[1] != ModelReader.Version.ToString(CultureInfo.InvariantCulture))
        {
            Add(ModelErrorKind.UnknownVersion, 0, line.LastIndexOf(words[1], StringComparison.Ordinal), words[1].Length,
                $"version '{words[1]}' of the model format is unknown; expected {ModelReader.Version}");
            return false;
        }
        return true;
    }

    private void ReadStatement(string line)
    {
        if (line.StartsWith("note ", StringComparison.Ordinal))
        {
            _notes.Add(line.Substring("note ".Length));
            return;
        }
        List<Token>? tokens = Lexer.Split(line, _at, out ModelError? error);
        if (tokens is null)
        {
            _errors.Add(error!);
            return;
        }
        var reader = new StatementReader(tokens, _at, line.Length, _errors);
        switch (reader.Keyword)
        {
            case "name":
                _name = reader.Next("the model's name")?.Text ?? _name;
                reader.End();
                break;
            case "rounding":
                ReadRounding(reader);
                break;
            case "labels":
                _labels = reader.Rest().Select(t => t.Text).ToImmutableArray();
                break;
            case "metric":
                ReadMetric(reader);
                break;
            case "tensor":
                ReadTensor(reader);
                break;
            case "input":
                _inputs.AddRange(Resolve(reader, reader.Rest()));
                break;
            case "output":
                _outputs.AddRange(Resolve(reader, reader.Rest()));
                break;
            case "op":
                ReadOperator(reader);
                break;
            default:
                reader.Fail(tokens[0], $"'{tokens[0].Text}' is not a statement; expected name, note, metric, rounding, "
                    + "labels, tensor, input, output or op");
                break;
        }
    }

    private void ReadRounding(StatementReader reader)
    {
        if (reader.Next("a rounding") is { } token && !Roundings.TryParse(token.Text, out _rounding))
        {
            reader.Fail(token, $"'{token.Text}' is not a rounding; expected double, single or float-even");
        }
        reader.End();
    }

    private void ReadMetric(StatementReader reader)
    {
        Token? name = reader.Next("a metric's name");
        double? value = reader.Number("its value");
        Token? dataSet = reader.Next("the data it was measured on");
        int? count = reader.Integer("the number of examples", 0, int.MaxValue);
        reader.End();
        if (name is not null && value is not null && dataSet is not null && count is not null)
        {
            _metrics.Add(new Metric(name.Value.Text, value.Value, dataSet.Value.Text, count.Value));
        }
    }

    private void ReadTensor(StatementReader reader)
    {
        Token? name = reader.Next("a tensor's name");
        TensorSyntax? syntax = name is null ? null : TensorSyntax.Read(reader);
        int line = _at;
        int first = _at + 1;
        while (_at + 1 < _lines.Length && _lines[_at + 1].StartsWith(" ", StringComparison.Ordinal))
        {
            _at++;
        }
        if (syntax is null)
        {
            return;
        }
        ImmutableArray<byte>? data = null;
        if (syntax.HasData)
        {
            data = TensorData.Read(_lines, first, _at + 1, line, (int)syntax.ByteLength, name!.Value.Text, _errors);
        }
        else if (_at >= first)
        {
            Add(ModelErrorKind.Malformed, first, 0, _lines[first].Length, "data without a tensor; expected 'data' at "
                + $"the end of the statement of tensor '{name!.Value.Text}'");
        }
        if (_tensors.ContainsKey(name!.Value.Text))
        {
            reader.Fail(name.Value, $"there is already a tensor '{name.Value.Text}'; expected another name");
            return;
        }
        var tensor = new Tensor(name.Value.Text, syntax.Type, syntax.Shape, syntax.Quantization, data, line);
        _tensors.Add(tensor.Name, tensor);
        _order.Add(tensor);
    }

    private void ReadOperator(StatementReader reader)
    {
        Token? kind = reader.Next("an operator's name");
        if (kind is null)
        {
            return;
        }
        List<Token> inputs = reader.UntilArrow();
        List<Token> outputs = reader.UntilAttribute();
        var attributes = new OperatorAttributes(reader.Rest(), reader);
        int errorsBefore = _errors.Count;
        ImmutableArray<Tensor> read = Resolve(reader, inputs);
        ImmutableArray<Tensor> written = Resolve(reader, outputs);
        if (!OperatorFactory.TryFind(kind.Value.Text, out OperatorFactory.Create? create))
        {
            string on = written.Length > 0 ? $" (its output is {written[0]})" : "";
            Add(ModelErrorKind.Unsupported, kind.Value, $"operator '{kind.Value.Text}'{on} is not supported; "
                + $"expected one of: {OperatorFactory.Known}");
            return;
        }
        if (_errors.Count > errorsBefore)
        {
            return;
        }
        Operator? created = create!(reader, kind.Value, read, written, attributes);
        attributes.RejectUnread();
        if (created is not null)
        {
            _operators.Add(created);
        }
    }

    private ImmutableArray<Tensor> Resolve(StatementReader reader, IEnumerable<Token> names)
    {
        ImmutableArray<Tensor>.Builder found = ImmutableArray.CreateBuilder<Tensor>();
        foreach (Token name in names)
        {
            if (_tensors.TryGetValue(name.Text, out Tensor? tensor))
            {
                found.Add(tensor);
            }
            else
            {
                reader.Fail(name, $"there is no tensor '{name.Text}'; expected one from a statement above");
            }
        }
        return found.ToImmutable();
    }

    private void Add(ModelErrorKind kind, Token at, string message) => Add(kind, at.Line, at.Column, at.Length, message);

    private void Add(ModelErrorKind kind, int line, int column, int length, string message) =>
        _errors.Add(new ModelError(kind, line, column, length, message));
}
