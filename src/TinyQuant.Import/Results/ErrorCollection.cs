using System.Collections.Immutable;
using System.Text.RegularExpressions;
using TinyQuant.Import.Source;

namespace TinyQuant.Import;

/// <summary>
/// The errors of one import, in the order in which they were met, behind what to do about them; a file cannot ask for
/// endlessly many.
/// </summary>
internal sealed partial class ErrorCollection
{
    private const int Most = 1_000;

    private readonly ImmutableArray<ImportError>.Builder _errors = ImmutableArray.CreateBuilder<ImportError>();
    private readonly Dictionary<string, int> _causes = new(StringComparer.Ordinal);
    private readonly List<string> _remedies = [];
    private int _more;

    public bool IsEmpty => _errors.Count == 0;

    /// <summary>
    /// An error; of several with one cause, which the same kind of operator has about tensors of other names, it is the
    /// first that stands for all.
    /// </summary>
    /// <param name="message">What is wrong, and what was expected.</param>
    /// <param name="op">The operator; null where it is none.</param>
    /// <param name="tensor">The tensor that is wrong, or the operator's first output.</param>
    /// <param name="isOfTensor">Whether it is wrong by itself, whatever operator takes it.</param>
    public void Add(
        string message, SourceOperator? op = null, SourceTensor? tensor = null, bool isOfTensor = false) =>
        Add(new ImportError(message)
        {
            OperatorIndex = op?.Index,
            OperatorName = op?.Name,
            Tensor = tensor?.ShownName,
            Shape = tensor?.TypeAndShape,
        }, isOfTensor);

    /// <summary>The same of an error that says where it is.</summary>
    public void Add(ImportError error, bool isOfTensor = false)
    {
        string cause = $"{(isOfTensor ? "" : error.OperatorName)}\n{Names.Replace(error.Message, "")}";
        bool isSomewhere = error.OperatorName is not null || error.Tensor is not null;
        if (isSomewhere && _causes.TryGetValue(cause, out int first))
        {
            _errors[first] = _errors[first] with { More = _errors[first].More + 1 };
            return;
        }

        if (_errors.Count == Most)
        {
            _more++;
            return;
        }

        _causes[cause] = _errors.Count;
        _errors.Add(error);
    }

    /// <summary>Names of tensors, and their shapes.</summary>
    [GeneratedRegex(@"'[^']*'|\[[\d,-]*\]")]
    private static partial Regex Names { get; }

    /// <summary>What to do about errors of a kind: a line for each kind, before all others. Null for nothing.</summary>
    public void AddRemedy(string? remedy)
    {
        if (remedy is not null && !_remedies.Contains(remedy))
        {
            _remedies.Add(remedy);
        }
    }

    public ImmutableArray<ImportError> ToImmutable()
    {
        IEnumerable<ImportError> more = _more == 0 ? [] : [new ImportError(Invariant($"and {_more} more errors"))];
        return [.. _remedies.Select(r => new ImportError(r)), .. _errors, .. more];
    }
}
