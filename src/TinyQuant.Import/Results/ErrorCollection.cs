using System.Collections.Immutable;
using TinyQuant.Import.Source;

namespace TinyQuant.Import;

/// <summary>
/// The errors of one import, in the order in which they were met, behind what to do about them; a file cannot ask for
/// endlessly many.
/// </summary>
internal sealed class ErrorCollection
{
    private const int Most = 1_000;

    private readonly ImmutableArray<ImportError>.Builder _errors = ImmutableArray.CreateBuilder<ImportError>();
    private readonly List<string> _remedies = [];
    private int _more;

    public bool IsEmpty => _errors.Count == 0;

    public void Add(string message, SourceOperator? op = null, SourceTensor? tensor = null)
    {
        if (_errors.Count == Most)
        {
            _more++;
            return;
        }

        _errors.Add(new ImportError(message)
        {
            OperatorIndex = op?.Index,
            OperatorName = op?.Name,
            Tensor = tensor?.ShownName,
            Shape = tensor?.TypeAndShape,
        });
    }

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
