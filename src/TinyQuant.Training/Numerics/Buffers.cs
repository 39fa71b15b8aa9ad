namespace TinyQuant.Training.Numerics;

/// <summary>Scratch memory that grows to the largest need and stays.</summary>
internal static class Buffers
{
    public static void Ensure(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[length];
        }
    }
}
