using System.Collections.Immutable;
using TinyQuant.Import.Schema;

namespace TinyQuant.Import;

/// <summary>The errors of one import, in the order in which they were met; a file cannot ask for endlessly many.</summary>
internal sealed class ErrorCollection
{
    private const int Most = 1_000;

    private readonly ImmutableArray<ImportError>.Builder _errors = ImmutableArray.CreateBuilder<ImportError>();
    private int _more;

    public bool IsEmpty => _errors.Count == 0;

    public void Add(string message, TfliteOperator? op = null, TfliteTensor? tensor = null)
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

    public ImmutableArray<ImportError> ToImmutable() =>
        _more == 0 ? _errors.ToImmutable() : _errors.ToImmutable().Add(new ImportError(Invariant($"and {_more} more errors")));
}
