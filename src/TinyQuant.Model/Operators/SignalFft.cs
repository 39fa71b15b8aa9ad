using System.Collections.Immutable;

namespace TinyQuant.Model;

/// <summary>
/// What Fourier transforms of real numbers share, both ways. A spectrum is real and imaginary parts in turn, of
/// N / 2 + 1 frequencies. int16, int32 or float32.
/// </summary>
public abstract class SignalFft : SignalOperator
{
    private const int Least = 4;

    private static readonly int[] s_radices = [4, 2, 3, 5];

    private protected SignalFft(Tensor input, Tensor output, int line)
        : base(ImmutableArray.Create(input), ImmutableArray.Create(output), line)
    {
    }

    /// <summary>N, the real numbers of a transform.</summary>
    public abstract int Length { get; }

    /// <summary>Transforms of a run.</summary>
    public int Rows => Slices(Input, 1);

    /// <summary>
    /// The radices of the stages of a complex transform of N / 2, in the order of kissfft: 4 as often as it goes, then
    /// 2, 3 and 5. Empty where another prime is among them.
    /// </summary>
    public ImmutableArray<int> Radices
    {
        get
        {
            ImmutableArray<int>.Builder radices = ImmutableArray.CreateBuilder<int>();
            int rest = Length / 2;
            foreach (int radix in s_radices)
            {
                while (rest > 1 && rest % radix == 0)
                {
                    radices.Add(radix);
                    rest /= radix;
                }
            }

            return rest == 1 ? radices.ToImmutable() : ImmutableArray<int>.Empty;
        }
    }

    /// <summary>Four for each product by a twiddle factor, of which each number has one in each stage.</summary>
    public override long Macs => 4L * Rows * (Length / 2) * (Radices.Length + 1);

    /// <inheritdoc/>
    private protected override IEnumerable<string> TypeErrors() =>
        Checks.SameType([TensorType.Float32, TensorType.Int16, TensorType.Int32], Input, Output)
            .Concat(RankFrom(Input, 1)).Concat(RankFrom(Output, 1));

    /// <summary>What does not fit of N.</summary>
    private protected IEnumerable<string> LengthErrors()
    {
        if (Length < Least || Length % 2 != 0 || Radices.IsEmpty)
        {
            yield return Invariant($"'{Output.Name}' {Output.ShapeText} is of a transform of {Length}; expected an ")
                + Invariant($"even number of {Least} or more, whose primes are 2, 3 and 5");
        }
    }
}
