namespace TinyQuant.Evaluation.Tests.Reference;

/// <summary>
/// kissfft's transforms of real integers, in numbers that do not wrap but where it stores them: what a stage adds is
/// one sum for each output.
/// </summary>
/// <param name="bits">Of a number: 16 or 32.</param>
/// <param name="isInverse">Which way.</param>
internal sealed class PlainFft(int bits, bool isInverse)
{
    private readonly long _greatest = (1L << (bits - 1)) - 1;
    private readonly int _sign = isInverse ? 1 : -1;

    private readonly record struct Number(Int128 Real, Int128 Imaginary)
    {
        public static Number operator +(Number a, Number b) => new(a.Real + b.Real, a.Imaginary + b.Imaginary);

        public static Number operator -(Number a, Number b) => new(a.Real - b.Real, a.Imaginary - b.Imaginary);

        public Number Conjugate => new(Real, -Imaginary);

        /// <summary>Times i, so often.</summary>
        public Number Turned(int quarters) => (quarters & 3) switch
        {
            0 => this,
            1 => new(-Imaginary, Real),
            2 => new(-Real, -Imaginary),
            _ => new(Imaginary, -Real),
        };
    }

    /// <summary>A row of real numbers to its spectrum.</summary>
    /// <param name="row">As many as there are, of a transform of <paramref name="length"/>.</param>
    /// <param name="length">Even.</param>
    public double[] Forward(IReadOnlyList<double> row, int length)
    {
        int count = length / 2;
        Number[] z = Transform([.. Enumerable.Range(0, count).Select(i => new Number(At(2 * i), At((2 * i) + 1)))]);
        var spectrum = new Number[count + 1];
        Number first = Divide(z[0], 2);
        spectrum[0] = new(first.Real + first.Imaginary, 0);
        spectrum[count] = new(first.Real - first.Imaginary, 0);
        for (int k = 1; k <= count / 2; k++)
        {
            (Number even, Number odd) = Halves(z[k], z[count - k], k, count);
            spectrum[k] = Half(even + odd);
            spectrum[count - k] = Half((even - odd).Conjugate);
        }

        return Parts(spectrum);

        Int128 At(int i) => i < row.Count ? (Int128)row[i] : 0;
    }

    /// <summary>A spectrum to its real numbers.</summary>
    public double[] Backward(IReadOnlyList<double> row)
    {
        Number[] spectrum = [.. Enumerable.Range(0, row.Count / 2).Select(i =>
            new Number((Int128)row[2 * i], (Int128)row[(2 * i) + 1]))];
        int count = spectrum.Length - 1;
        var z = new Number[count];
        z[0] = Divide(
            Wrap(new Number(spectrum[0].Real + spectrum[count].Real, spectrum[0].Real - spectrum[count].Real)), 2);
        for (int k = 1; k <= count / 2; k++)
        {
            (Number even, Number odd) = Halves(spectrum[k], spectrum[count - k], k, count);
            z[k] = Wrap(even + odd);
            z[count - k] = Wrap((even - odd).Conjugate);
        }

        return Parts(Transform(z));
    }

    private (Number Even, Number Odd) Halves(Number near, Number far, int k, int count)
    {
        Number a = Divide(near, 2), b = Divide(Wrap(far.Conjugate), 2);
        return (Wrap(a + b), Multiply(Wrap(a - b), Twiddle(_sign * Math.PI * (((double)k / count) + 0.5))));
    }

    private Number[] Transform(Number[] numbers)
    {
        int count = numbers.Length;
        if (count == 1)
        {
            return numbers;
        }

        int radix = Array.Find([4, 2, 3, 5], r => count % r == 0), apart = count / radix;
        Number[][] parts = [.. Enumerable.Range(0, radix).Select(i =>
            Transform([.. numbers.Where((_, at) => at % radix == i)]))];
        var output = new Number[count];
        for (int k = 0; k < apart; k++)
        {
            Number[] turned = [.. parts.Select((part, i) => i == 0
                ? Divide(part[k], radix)
                : Multiply(Divide(part[k], radix), Twiddle(_sign * 2 * Math.PI * i * k / count)))];
            for (int j = 0; j < radix; j++)
            {
                output[k + (j * apart)] = Wrap(radix % 2 == 0
                    ? Enumerable.Range(0, radix).Aggregate(
                        new Number(), (sum, i) => sum + turned[i].Turned(_sign * i * j * (4 / radix)))
                    : OddSum(turned, j));
            }
        }

        return output;
    }

    /// <summary>
    /// An output of three or five: pairs that lie opposite have a sum, of which a cosine is taken, and a difference, of
    /// which a sine. Of three, the cosine is a half that is rounded up.
    /// </summary>
    private Number OddSum(Number[] numbers, int output)
    {
        int radix = numbers.Length;
        Number result = numbers[0];
        for (int i = 1; i <= radix / 2; i++)
        {
            Number sum = Wrap(numbers[i] + numbers[radix - i]), difference = Wrap(numbers[i] - numbers[radix - i]);
            int turn = i * output % radix;
            // The factors are those of the first half of the circle.
            Number factor = Twiddle(_sign * 2 * Math.PI * Math.Min(turn, radix - turn) / radix);
            Number side = Times(difference, factor.Imaginary);
            result += output == 0 ? sum
                : radix == 3 ? new(-(sum.Real >> 1), -(sum.Imaginary >> 1))
                : Times(sum, factor.Real);
            result += output == 0 ? default : turn > radix / 2 ? side.Turned(3) : side.Turned(1);
        }

        return result;
    }

    private Number Multiply(Number a, Number b) => new(
        Round((a.Real * b.Real) - (a.Imaginary * b.Imaginary)), Round((a.Real * b.Imaginary) + (a.Imaginary * b.Real)));

    private Number Times(Number a, Int128 factor) => new(Round(a.Real * factor), Round(a.Imaginary * factor));

    private Number Divide(Number a, int radix) => Times(a, _greatest / radix);

    /// <summary>Sums of 16 bits are of 32 until they are halved.</summary>
    private Number Half(Number a) => bits == 16
        ? new(a.Real >> 1, a.Imaginary >> 1)
        : new(Wrap(a.Real) >> 1, Wrap(a.Imaginary) >> 1);

    private Number Twiddle(double angle) => new(
        (Int128)Math.Floor(0.5 + (_greatest * Math.Cos(angle))),
        (Int128)Math.Floor(0.5 + (_greatest * Math.Sin(angle))));

    private Int128 Round(Int128 product) => Wrap((product + (1L << (bits - 2))) >> (bits - 1));

    private Number Wrap(Number a) => new(Wrap(a.Real), Wrap(a.Imaginary));

    private Int128 Wrap(Int128 x) => (x << (128 - bits)) >> (128 - bits);

    private double[] Parts(Number[] numbers) => [.. numbers.SelectMany(x =>
        new[] { (double)Wrap(x.Real), (double)Wrap(x.Imaginary) })];
}
