using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model.Format;

/// <summary>Reads one statement after another into the parts of a graph.</summary>
internal sealed class StatementParser
{
    private readonly string[] _lines;
    private readonly ErrorList _errors;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Tensor>.Builder _order = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Tensor>.Builder _inputs = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Tensor>.Builder _outputs = ImmutableArray.CreateBuilder<Tensor>();
    private readonly ImmutableArray<Operator>.Builder _operators = ImmutableArray.CreateBuilder<Operator>();
    private readonly ImmutableArray<string>.Builder _notes = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<Metric>.Builder _metrics = ImmutableArray.CreateBuilder<Metric>();
    private string _name = "model";
    private Rounding _rounding;
    private ImmutableArray<string> _labels = ImmutableArray<string>.Empty;

    public StatementParser(string[] lines, ErrorList errors)
    {
        _lines = lines;
        _errors = errors;
    }

    public Graph ToGraph() => new()
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

    /// <summary>Reads the statement in <paramref name="line"/>; the lines from there to <paramref name="end"/> are
    /// indented.</summary>
    public void Read(int line, int end)
    {
        string text = _lines[line];
        if (text == "note" || text.StartsWith("note ", StringComparison.Ordinal))
        {
            _notes.Add(text.Length > 5 ? text.Substring(5) : "");
            RejectData(line + 1, end, "note");
            return;
        }

        List<Token>? tokens = Lexer.Split(text, line, out ModelError? error);
        if (tokens is null)
        {
            _errors.Add(error!);
            return;
        }

        var reader = new StatementReader(tokens, line, text.Length, _errors);
        if (reader.Keyword == "tensor")
        {
            ReadTensor(reader, line, end);
            return;
        }

        ReadStatement(reader, tokens[0]);
        if (!reader.Failed)
        {
            RejectData(line + 1, end, tokens[0].Text);
        }
    }

    private void ReadStatement(StatementReader reader, Token keyword)
    {
        switch (reader.Keyword)
        {
            case "name" or "rounding" or "labels" when !_seen.Add(keyword.Text):
                reader.Fail(keyword, $"'{keyword.Text}' stands twice; expected it once");
                break;
            case "name":
                _name = reader.Next("the model's name")?.Text ?? _name;
                reader.End();
                break;
            case "rounding":
                ReadRounding(reader);
                break;
            case "labels":
                _labels = reader.Rest("a label").Select(t => t.Text).ToImmutableArray();
                break;
            case "metric":
                ReadMetric(reader);
                break;
            case "input":
                _inputs.AddRange(Resolve(reader, reader.Rest("a tensor's name")));
                break;
            case "output":
                _outputs.AddRange(Resolve(reader, reader.Rest("a tensor's name")));
                break;
            case "op":
                ReadOperator(reader);
                break;
            default:
                reader.Fail(keyword, $"'{keyword.Text}' is not a statement; expected name, note, metric, rounding, "
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

    private void ReadTensor(StatementReader reader, int line, int end)
    {
        if (reader.Next("a tensor's name") is not { } name)
        {
            return;
        }

        if (TensorSyntax.Read(reader) is not { } syntax)
        {
            _broken.Add(name.Text);
            return;
        }

        ImmutableArray<byte>? data = null;
        if (syntax.HasData)
        {
            data = TensorData.Read(_lines, line, end, syntax.ByteLength, name.Text, _errors);
        }
        else
        {
            RejectData(line + 1, end, "tensor");
        }

        if (_tensors.ContainsKey(name.Text))
        {
            reader.Fail(name, $"there is already a tensor '{name.Text}'; expected another name");
            return;
        }

        var tensor = new Tensor(
            name.Text, syntax.Type, syntax.Shape, syntax.Quantization, data, line, syntax.IsVariable);
        _tensors.Add(tensor.Name, tensor);
        _order.Add(tensor);
    }

    private void ReadOperator(StatementReader reader)
    {
        if (reader.Next("an operator's name") is not { } kind)
        {
            return;
        }

        List<Token> inputs = reader.UntilArrow();
        List<Token> outputs = reader.UntilAttribute();
        var attributes = new AttributeReader(kind, reader.Rest(), reader.Fail);
        ImmutableArray<Tensor> read = Resolve(reader, inputs);
        ImmutableArray<Tensor> written = Resolve(reader, outputs);
        OperatorSchema? schema = OperatorRegistry.Find(kind.Text);
        if (schema is null)
        {
            string on = written.Length > 0 ? $" (its output is {written[0]})" : "";
            reader.Fail(kind, ModelErrorKind.Unsupported, $"operator '{kind.Text}'{on} is not supported; "
                + $"expected one of: {string.Join(", ", OperatorRegistry.Kinds)}");
        }
        else if (!reader.Failed
            && schema.Read(read, written, attributes, kind.Line,
                (error, message) => reader.Fail(kind, error, message)) is { } created)
        {
            _operators.Add(created);
        }
    }

    private ImmutableArray<Tensor> Resolve(StatementReader reader, List<Token> names)
    {
        ImmutableArray<Tensor>.Builder found = ImmutableArray.CreateBuilder<Tensor>();
        foreach (Token name in names.TakeWhile(_ => !_errors.IsFull))
        {
            if (_tensors.TryGetValue(name.Text, out Tensor? tensor))
            {
                found.Add(tensor);
            }
            else if (_broken.Contains(name.Text))
            {
                reader.Abandon(); // its own statement has the error
            }
            else
            {
                reader.Fail(name, $"there is no tensor '{name.Text}'; expected one from a statement above");
            }
        }

        return found.ToImmutable();
    }

    /// <summary>An error where one of these lines holds data.</summary>
    private void RejectData(int line, int end, string statement)
    {
        while (line < end && ModelParser.IsBlank(_lines[line]))
        {
            line++;
        }

        if (line < end)
        {
            _errors.Add(ModelErrorKind.Malformed, line, 0, _lines[line].Length, statement == "tensor"
                ? "data for a tensor that has none; expected 'data' at the end of the statement above"
                : $"data below the statement '{statement}'; expected it right below a tensor statement that ends "
                    + "in 'data'");
        }
    }
}
