/// <summary>What <c>nano --eval</c> finds of a model.</summary>
internal sealed class Measurement(
    string name, string unit, int bytes, double accuracy, double nanoseconds, long allocated)
{
    public string Name => name;
    public string Unit => unit;
    public int Bytes => bytes;
    public double Accuracy => accuracy;
    public double Nanoseconds => nanoseconds;
    public long Allocated => allocated;
}
