Console.WriteLine("TandemFetch.Sandbox");
